"use client";

import { type ReactNode, useState } from "react";
import { useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { lateUnlessFirst } from "@/components/ui/late";
import { lateModule, useLateModule } from "@/components/ui/late-module";
import { type RadioCardOption, RadioCards } from "@/components/ui/radio-cards";
import { Tag } from "@/components/ui/tag";
import { TextInput } from "@/components/ui/text-input";
import { POLICY_TYPES, POLICY_TYPES_THAT_NEVER_ASK, POLICY_WORDS, type PolicyType } from "@/lib/domain/policy/policy-types";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import type { AskedByRules } from "./rule-approvers-fields";
import { useTypedField } from "./use-typed-field";

const lateRulesFields = lateModule(() => import("./rules-fields").then((loaded) => loaded.RulesFields));
const RulesFields = lateUnlessFirst(lateRulesFields);

const ASKING = POLICY_TYPES.filter((type) => POLICY_WORDS[type].asksPeople !== "never");

/** Every policy with what it does; what a policy needs to know stands inside its frame. */
export function PolicyField({ proposed, ...people }: { proposed: PolicyType | null } & AskedByRules) {
  const field = useTypedField();
  const chosen = useWatch<TypedAction, "policy.type">({ name: "policy.type" });
  const [startsWithRules] = useState(chosen === "rules");
  useLateModule(lateRulesFields, true);
  const rulesFields = <RulesFields isFirst={startsWithRules} props={people} />;
  const option = (type: PolicyType): RadioCardOption => ({
    value: type,
    title: (
      <>
        {POLICY_WORDS[type].label} {type === proposed ? <Tag isAccent>suggested</Tag> : null}
      </>
    ),
    text: POLICY_WORDS[type].text,
    children: type === chosen ? insetOf(type, rulesFields) : null,
  });
  return (
    <div className="grid gap-4">
      <RadioCards
        {...field.text("policy.type")}
        legend={<GroupName>Requires approval</GroupName>}
        columns={2}
        options={ASKING.map((type) => ({ ...option(type), isWide: POLICY_WORDS[type].reads.what !== "signal" }))}
      />
      <RadioCards
        {...field.text("policy.type")}
        legend={<GroupName>Decides automatically</GroupName>}
        columns={3}
        options={POLICY_TYPES_THAT_NEVER_ASK.map(option)}
      />
    </div>
  );
}

function GroupName({ children }: { children: ReactNode }) {
  return <span className="text-xs text-muted">{children}</span>;
}

function insetOf(type: PolicyType, rulesFields: ReactNode): ReactNode {
  const { reads } = POLICY_WORDS[type];
  switch (reads.what) {
    case "nothing":
      return null;
    case "amount":
      return <AmountFields />;
    case "signal":
      return <SignalHint field={reads.field} asksWhen={reads.asksWhen} />;
    case "rules":
      return rulesFields;
  }
}

/** What the amount policy needs to know. */
function AmountFields() {
  const field = useTypedField();
  const currency = useWatch<TypedAction, "policy.currency">({ name: "policy.currency" });
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <Field label="Threshold" name="policy.threshold" hint="Amounts above it require approval. Compared as exact decimals.">
        <TextInput
          {...field.text("policy.threshold")}
          className="tabular-nums"
          inputMode="decimal"
          autoComplete="off"
          placeholder="500.00"
        />
      </Field>
      <Field
        label="Amount field"
        name="policy.amountField"
        hint="Path of the field in the payload. Use dots for nested fields, as in invoice.total."
      >
        <TextInput {...field.text("policy.amountField")} isMono autoComplete="off" spellCheck={false} />
      </Field>
      <Field label="Currency" name="policy.currency" isOptional hint="If set, any other currency also requires approval.">
        <TextInput {...field.text("policy.currency")} autoComplete="off" spellCheck={false} placeholder="EUR" />
      </Field>
      {currency.trim() === "" ? null : (
        <Field label="Currency field" name="policy.currencyField">
          <TextInput {...field.text("policy.currencyField")} isMono autoComplete="off" spellCheck={false} />
        </Field>
      )}
    </div>
  );
}

/** What the app has to say, and what happens when it says nothing. */
function SignalHint({ field, asksWhen }: { field: string; asksWhen: boolean }) {
  const safe = String(!asksWhen);
  return (
    <p className="text-xs text-muted">
      Your app includes it in the payload: <Code>{`"${field}": ${safe}`}</Code> is allowed. <Code>{String(asksWhen)}</Code>, a missing
      field, or a text such as <Code>{`"${safe}"`}</Code> requires approval.
    </p>
  );
}

function Code({ children }: { children: string }) {
  return <code className="font-mono whitespace-nowrap text-ink">{children}</code>;
}
