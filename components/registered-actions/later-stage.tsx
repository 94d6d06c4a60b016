"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { AskedPeople } from "./asked-people";
import { useTypedField } from "./use-typed-field";

export function LaterStage({ index, groups, onRemove }: { index: number; groups: readonly string[]; onRemove: () => void }) {
  const typed = useTypedField();
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line p-4">
      <legend className="sr-only">Stage {index + 2}</legend>
      <div className="flex items-center justify-between gap-2">
        <p className="text-sm font-medium">Stage {index + 2}, asked once the approvals before it are given</p>
        <Button size="sm" variant="ghost" icon={<X />} onClick={onRemove}>
          Remove
        </Button>
      </div>
      <AskedPeople
        label="Approvers of this stage"
        people={`laterStages.${index}.people`}
        group={`laterStages.${index}.group`}
        groups={groups}
      />
      <Field label="Approvals needed in this stage" name={`laterStages.${index}.approvals`}>
        <TextInput
          {...typed.text(`laterStages.${index}.approvals`)}
          className="max-w-24 tabular-nums"
          inputMode="numeric"
          autoComplete="off"
        />
      </Field>
    </fieldset>
  );
}
