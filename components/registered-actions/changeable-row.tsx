"use client";

import { X } from "lucide-react";
import { useFormContext, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { TextInput } from "@/components/ui/text-input";
import { CHANGEABLE_KINDS, CHANGED_TEXT_MAX_LENGTH, type ChangeableKind } from "@/lib/domain/policy/changeable-fields";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { useTypedField } from "./use-typed-field";

const KIND_LABELS: Record<ChangeableKind, string> = {
  not_above: "a number, not above the proposed one",
  one_of: "one of a list",
  text: "free text",
};

export function ChangeableRow({ index, onRemove }: { index: number; onRemove: () => void }) {
  const { control } = useFormContext<TypedAction>();
  const typed = useTypedField();
  const path = `policy.changeableFields.${index}` as const;
  const kind = useWatch({ control, name: `${path}.kind` });
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line p-4">
      <legend className="sr-only">Changeable field {index + 1}</legend>
      <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
        <Field label="Field" name={`${path}.field`}>
          <TextInput
            {...typed.text(`${path}.field`)}
            isMono
            autoComplete="off"
            spellCheck={false}
            list="sample-fields"
            placeholder="amount"
          />
        </Field>
        <Field label="Can become" name={`${path}.kind`}>
          <SelectInput {...typed.text(`${path}.kind`)}>
            {CHANGEABLE_KINDS.map((known) => (
              <option key={known} value={known}>
                {KIND_LABELS[known]}
              </option>
            ))}
          </SelectInput>
        </Field>
        <div className="sm:pt-6">
          <Button size="sm" variant="ghost" icon={<X />} onClick={onRemove}>
            Remove
          </Button>
        </div>
      </div>
      {kind === "one_of" ? (
        <Field label="Values" name={`${path}.values`} hint="One per line.">
          <TextAreaInput {...typed.text(`${path}.values`)} rows={3} isMono />
        </Field>
      ) : null}
      {kind === "text" ? (
        <Field
          label="Maximum length"
          name={`${path}.maxLength`}
          hint={`In characters, up to ${CHANGED_TEXT_MAX_LENGTH.toLocaleString("en-US")}.`}
        >
          <TextInput {...typed.text(`${path}.maxLength`)} className="max-w-24 tabular-nums" inputMode="numeric" autoComplete="off" />
        </Field>
      ) : null}
    </fieldset>
  );
}
