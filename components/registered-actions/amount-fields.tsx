"use client";

import { useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { useTypedField } from "./use-typed-field";
import type { TypedAction } from "@/lib/registered-actions/schema";

/** What the amount policy needs to know. */
export function AmountFields() {
  const field = useTypedField();
  const currency = useWatch<TypedAction, "policy.currency">({ name: "policy.currency" });
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <Field label="Threshold" name="policy.threshold" hint="Amounts above it ask a person. Compared as decimals, digit by digit.">
        <TextInput
          {...field.text("policy.threshold")}
          className="tabular-nums"
          inputMode="decimal"
          autoComplete="off"
          placeholder="500.00"
        />
      </Field>
      <Field label="Amount field" name="policy.amountField" hint="Where the payload has it; dots lead inside, as in invoice.total.">
        <TextInput {...field.text("policy.amountField")} isMono autoComplete="off" spellCheck={false} />
      </Field>
      <Field label="Currency" name="policy.currency" isOptional hint="If you name one, any other currency asks a person too.">
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
