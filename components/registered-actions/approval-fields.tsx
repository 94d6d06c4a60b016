"use client";

import { Controller, useFormContext, useWatch } from "react-hook-form";
import { CheckInput } from "@/components/ui/check-input";
import { Field } from "@/components/ui/field";
import { Late } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import { durationText } from "@/lib/domain/time/duration-text";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import type { ActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import { lookAtDroppedApprovers } from "@/lib/registered-actions/server-actions";
import { actionOf, asksOwn, typedStages } from "@/lib/registered-actions/typed-action";
import { askedText } from "@/lib/words/approvals-messages";
import { AddressChips } from "./address-chips";
import { addressError } from "./address-error";
import { AskedPeople } from "./asked-people";
import { ChangeableFields } from "./changeable-fields";
import { FoldedFields } from "./folded-fields";
import { StageFields } from "./stage-fields";
import { useTypedField } from "./use-typed-field";

const lateDroppedNotice = lateModule(() =>
  import("@/components/approvals/dropped-approvers-notice").then((loaded) => loaded.DroppedApproversNotice),
);

/** Approvers, rules for decisions, and timing. Without `mayName`, approvers and self-approval are read-only. */
export function ApprovalFields({
  defaults,
  mayName,
  isInStages,
  isTimingSet,
  edited,
}: {
  defaults: ActionDefaults;
  mayName: boolean;
  /** The action needs several approvals. */
  isInStages: boolean;
  /** The action has a window, a validity, a cool-down or escalation contacts of its own. */
  isTimingSet: boolean;
  /** The saved action that is edited; null for a new one. */
  edited: { workspaceId: string; name: string } | null;
}) {
  const { control, formState } = useFormContext<TypedAction>();
  const typed = useTypedField();
  const saved = everyoneIn(formState.defaultValues as TypedAction);
  const current = useWatch({ control }) as TypedAction;
  const routed = defaults.approverEmails.join(", ");
  return (
    <>
      {mayName ? (
        <AskedPeople
          label="Approvers"
          people="approverEmails"
          group="approverGroup"
          groups={defaults.groups}
          hint={
            current.approverEmails.length === 0
              ? `Leave empty to ask ${routed}, ${defaults.isRoutedByWorkspace ? "the workspace’s approvers" : "the owner, because the workspace has no approvers"}.`
              : typedStages(current) !== null
                ? "Approvers don’t need an account."
                : "The first decision counts. Approvers don’t need an account."
          }
        />
      ) : (
        <ApproversTold action={current} defaults={defaults} />
      )}
      {mayName ? <StageFields isOpen={isInStages} groups={defaults.groups} /> : null}
      {mayName && edited !== null ? (
        <Late
          of={lateDroppedNotice}
          props={{
            saved,
            current: everyoneIn(current),
            which: " of this action",
            look: () => {
              const { approverEmails, approverGroup, laterStages, ruleApprovers, escalationEmails } = actionOf(current);
              const after = { approverEmails, approverGroup, laterStages, ruleApprovers, escalationEmails };
              return lookAtDroppedApprovers(edited.workspaceId, { name: edited.name, ...after });
            },
          }}
        />
      ) : null}
      <div className="grid gap-3">
        <CheckInput
          {...typed.tick("requiresRejectComment")}
          label="Require a comment to reject"
          hint="The comment is recorded in the receipt."
        />
        {mayName ? (
          <CheckInput
            {...typed.tick("requiresFourEyes")}
            label="Prevent self-approval"
            hint="People can’t approve runs proposed with a key they created, from any of their addresses. They can still reject or block them."
          />
        ) : null}
      </div>
      <ChangeableFields isOpen={current.policy.changeableFields.length > 0} />
      <FoldedFields
        title="Timing and escalation"
        names={["windowCount", "validCount", "coolDownCount", "escalationEmails"]}
        isOpen={isTimingSet}
      >
        <div className="grid items-start gap-3 sm:grid-cols-2">
          <DurationField
            label="Approval window"
            count="windowCount"
            unit="windowUnit"
            hint={`Leave empty to use the default (${durationText(defaults.windowMinutes)}). If nobody decides in time, the run is rejected.`}
          />
          <DurationField
            label="Approval validity"
            count="validCount"
            unit="validUnit"
            hint="How long a worker has to claim an approved run. Leave empty for no end."
          />
          <DurationField
            label="Cool-down"
            count="coolDownCount"
            unit="coolDownUnit"
            hint="How long the agent has to wait before it asks again for what a person rejected or blocked. Leave empty for none."
          />
        </div>
        {mayName ? (
          <Controller
            control={control}
            name="escalationEmails"
            render={({ field, fieldState }) => (
              <Field
                label="Escalation contacts"
                isOptional
                error={addressError(fieldState.error, field.value)}
                hint={escalationHint(field.value, defaults)}
              >
                <AddressChips ref={field.ref} value={field.value} onChange={field.onChange} onBlur={field.onBlur} />
              </Field>
            )}
          />
        ) : null}
      </FoldedFields>
    </>
  );
}

function everyoneIn({ approverEmails, laterStages, policy, escalationEmails }: TypedAction): string[] {
  const ofRules = policy.type === "rules" ? policy.rules.rules.filter(asksOwn) : [];
  const stages = [...laterStages, ...ofRules.map(({ ask }) => ask)];
  return [...approverEmails, ...stages.flatMap(({ people }) => people), ...escalationEmails];
}

/** A count and its unit, side by side. */
function DurationField({
  label,
  count,
  unit,
  hint,
}: {
  label: string;
  count: "windowCount" | "validCount" | "coolDownCount";
  unit: "windowUnit" | "validUnit" | "coolDownUnit";
  hint: string;
}) {
  const typed = useTypedField();
  return (
    <Field label={label} name={count} isOptional hint={hint}>
      <div className="grid grid-cols-[minmax(0,1fr)_112px]">
        <TextInput {...typed.text(count)} className="rounded-r-none tabular-nums" inputMode="numeric" autoComplete="off" />
        <SelectInput
          {...typed.text(unit)}
          id={undefined}
          className="[&>select]:rounded-l-none [&>select]:border-l-0"
          aria-label={`Unit of the ${label.toLowerCase()}`}
        >
          <option value="minute">minutes</option>
          <option value="hour">hours</option>
          <option value="day">days</option>
        </SelectInput>
      </div>
    </Field>
  );
}

/** For developers: people who write the agent must not choose who approves it. */
function ApproversTold({ action, defaults }: { action: TypedAction; defaults: ActionDefaults }) {
  const asked = action.approverEmails.length > 0 ? action.approverEmails : defaults.approverEmails;
  const later = action.escalationEmails.length > 0 ? action.escalationEmails : defaults.escalationEmails;
  return (
    <div className="grid gap-1 text-sm wrap-anywhere">
      <p>
        <span className="font-medium">Approvers:</span> {typedStages(action) !== null ? `${action.approvals} of ` : ""}
        {action.approverGroup === "" ? asked.join(", ") : askedText({ people: asked, group: action.approverGroup })}
      </p>
      {action.laterStages.map(({ approvals, people, group }, index) => (
        <p key={people.join()}>
          <span className="font-medium">Stage {index + 2}:</span> {approvals} of{" "}
          {group === "" ? people.join(", ") : askedText({ people, group })}
        </p>
      ))}
      {later.length === 0 ? null : (
        <p>
          <span className="font-medium">Escalation contacts:</span> {later.join(", ")}
        </p>
      )}
      <p>
        <span className="font-medium">Prevent self-approval:</span> {action.requiresFourEyes ? "on" : "off"}
      </p>
      <p className="text-xs text-muted">Only workspace owners and admins can change these.</p>
    </div>
  );
}

function escalationHint(own: readonly string[], { escalationEmails, escalationPercent }: ActionDefaults): string {
  const when = `after ${escalationPercent}% of the approval window if nobody has decided`;
  if (own.length > 0) return `Also asked ${when}.`;
  return escalationEmails.length === 0
    ? `Also asked ${when}. Leave empty for none.`
    : `Also asked ${when}. Leave empty to use the workspace’s: ${escalationEmails.join(", ")}.`;
}
