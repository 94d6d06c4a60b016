"use client";

import { VisibleText } from "@/components/action-runs/visible-text";
import { CheckBox } from "@/components/ui/check-box";
import { Field, FieldNote } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { MAX_GRANT_DAYS, MAX_GRANT_USES } from "@/lib/domain/grants/grant";
import { factNoun } from "@/lib/domain/grants/grant-text";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import type { GrantOffer } from "@/lib/grants/offer-grant";
import { firstGrantDay, lastGrantDay } from "./grant-days";

/** By field. */
export type GrantErrors = Readonly<Partial<Record<string, string>>>;

const PRESELECTED = ["recipient", "actor", "key"];
/** Lets the browser point out a typing error before the form is sent. */
const DECIMAL = "[0-9]+([.][0-9]+)?";

/** What must be the same, and how much of it is approved: plain fields, because the page of an emailed link works without a script. */
export function GrantFields({
  offer: { facts, amount, currency },
  now,
  errors,
  size = "md",
}: {
  offer: GrantOffer;
  now: number;
  errors: GrantErrors;
  size?: "md" | "lg";
}) {
  const input = size === "lg" ? "!h-11 !text-base" : "";
  const sum = { required: true, inputMode: "decimal", pattern: DECIMAL, maxLength: 30, autoComplete: "off", className: input } as const;
  const unit = currency === null ? {} : { unit: currency };
  return (
    <div className="grid gap-4">
      <fieldset className="min-w-0">
        <legend className="mb-1.5 text-sm font-medium">What must be the same</legend>
        <div className="grid gap-1 rounded-md border border-line-control px-3 py-2">
          {facts.map(({ name, value }) => (
            <label className="flex min-w-0 cursor-pointer items-start gap-2.5 py-0.5 max-md:py-1.5" key={name}>
              <CheckBox className="mt-0.5" name="facts" value={name} defaultChecked={PRESELECTED.includes(name)} />
              <span className="flex min-w-0 flex-wrap gap-x-2">
                <span className="text-muted wrap-anywhere">{factNoun(name)}</span>
                <span className="min-w-0 wrap-anywhere">
                  <VisibleText text={value} />
                </span>
              </span>
            </label>
          ))}
        </div>
        {errors.facts === undefined ? null : <FieldNote id="facts-note" error={errors.facts} />}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        {amount === null ? null : (
          <>
            <Field label="Amount per run, at most" {...errorOf(errors, "amountEach")}>
              <TextInput {...sum} {...unit} name="amountEach" defaultValue={formatAmount(amount).replaceAll(",", "")} />
            </Field>
            <Field label="Total, at most" {...errorOf(errors, "total")}>
              <TextInput {...sum} {...unit} name="total" />
            </Field>
          </>
        )}
        <Field label="Number of runs, at most" {...errorOf(errors, "maxUses")}>
          <TextInput
            className={input}
            name="maxUses"
            required
            inputMode="numeric"
            pattern="[0-9]{1,4}"
            maxLength={String(MAX_GRANT_USES).length}
            autoComplete="off"
          />
        </Field>
        <Field label="Until the end of" hint={`In UTC, at most ${MAX_GRANT_DAYS} days from now.`} {...errorOf(errors, "until")}>
          <TextInput className={input} name="until" type="date" required min={firstGrantDay(now)} max={lastGrantDay(now)} />
        </Field>
      </div>
    </div>
  );
}

function errorOf(errors: GrantErrors, name: string): { error?: string } {
  const error = errors[name];
  return error === undefined ? {} : { error };
}
