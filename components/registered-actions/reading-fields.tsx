"use client";

import { useFormContext, useWatch } from "react-hook-form";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { readsAmount } from "@/lib/domain/policy/policy-types";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { useTypedField } from "./use-typed-field";

/** How people read a run. The suggestions are the fields of the sample that is being tried. */
export function ReadingFields({ paths, preview }: { paths: readonly string[]; preview: string | null }) {
  const { getValues, setValue } = useFormContext<TypedAction>();
  const field = useTypedField();
  const isAmountPolicy = readsAmount(useWatch<TypedAction, "policy.type">({ name: "policy.type" }));

  const insert = (path: string) => {
    const sentence = getValues("sentence");
    const gap = sentence === "" || sentence.endsWith(" ") ? "" : " ";
    setValue("sentence", `${sentence}${gap}{${path}}`, { shouldDirty: true, shouldValidate: true });
  };

  return (
    <>
      <div className="grid gap-2">
        <Field
          label="Sentence"
          name="sentence"
          isOptional
          hint="Completes “The agent wants to …”. Put payload fields in braces. Display only: it doesn’t affect decisions."
        >
          <TextInput {...field.text("sentence")} autoComplete="off" placeholder="pay {amount} {currency} to {customer.name}" />
        </Field>
        {paths.length === 0 ? null : (
          <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label="Add a field from the sample to the sentence">
            <span className="text-xs text-muted">Add</span>
            {paths.map((path) => (
              <button
                className="inline-flex h-6 max-w-full cursor-pointer items-center truncate rounded-sm border border-line-strong bg-surface px-1.5 font-mono text-2xs text-muted hover:bg-hover hover:text-ink max-md:h-8"
                key={path}
                type="button"
                onClick={() => insert(path)}
              >
                {`{${path}}`}
              </button>
            ))}
          </div>
        )}
        {preview === null ? null : (
          <p className="rounded-md bg-inset px-3 py-2 text-sm wrap-anywhere">
            <span className="text-muted">The agent wants to </span>
            <VisibleText text={preview} />
          </p>
        )}
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field
          label="Recipient field"
          name="recipientField"
          isOptional
          hint="Leave empty to use the first of recipient, to, customer.name and similar fields that looks like a person or an address."
        >
          <TextInput
            {...field.text("recipientField")}
            isMono
            autoComplete="off"
            spellCheck={false}
            list="sample-fields"
            placeholder="customer.name"
          />
        </Field>
        {isAmountPolicy ? null : (
          <Field label="Amount field" name="policy.amountField" hint="Shown with the run if the payload has it.">
            <TextInput {...field.text("policy.amountField")} isMono autoComplete="off" spellCheck={false} list="sample-fields" />
          </Field>
        )}
      </div>
      <datalist id="sample-fields">
        {paths.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
    </>
  );
}
