"use client";

import { useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { askedText } from "@/lib/words/approvals-messages";
import { AskedPeople } from "./asked-people";
import { useTypedField } from "./use-typed-field";

export interface AskedByRules {
  /** The workspace's groups of members. */
  readonly groups: readonly string[];
  /** Whether this person may say who approves. */
  readonly mayName: boolean;
}

/** Whom a rule asks, if it asks: the action's approvers, or its own. */
export function RuleApproversFields({ place, groups, mayName }: AskedByRules & { place: number }) {
  const field = useTypedField();
  const path = `policy.rules.rules.${place}` as const;
  const rule = useWatch<TypedAction, typeof path>({ name: path });
  if (rule?.then !== "ask") return null;
  if (!mayName) return rule.ask.whom === "own" ? <ApproversTold {...rule.ask} /> : null;
  return (
    <>
      <Field label="Asks" name={`${path}.ask.whom`}>
        <SelectInput {...field.text(`${path}.ask.whom`)}>
          <option value="action">The action’s approvers</option>
          <option value="own">Approvers of its own</option>
        </SelectInput>
      </Field>
      {rule.ask.whom === "own" ? (
        <>
          <div className="grid gap-3">
            <AskedPeople
              label={`Approvers of rule ${place + 1}`}
              people={`${path}.ask.people`}
              group={`${path}.ask.group`}
              groups={groups}
              hint="Asked in place of the action’s approvers and its later stages."
            />
          </div>
          <Field label={`Approvals needed by rule ${place + 1}`} name={`${path}.ask.approvals`}>
            <TextInput {...field.text(`${path}.ask.approvals`)} className="max-w-24 tabular-nums" inputMode="numeric" autoComplete="off" />
          </Field>
        </>
      ) : null}
    </>
  );
}

function ApproversTold({ approvals, people, group }: TypedAction["policy"]["rules"]["rules"][number]["ask"]) {
  return (
    <div className="grid gap-1 text-sm wrap-anywhere">
      <p>
        <span className="font-medium">Asks:</span> {approvals} of {askedText({ people, ...(group !== "" && { group }) })}
      </p>
      <p className="text-xs text-muted">Only workspace owners and admins can change this.</p>
    </div>
  );
}
