"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { MAX_LATER_STAGES } from "@/lib/domain/access/limits";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { counted } from "@/lib/words/counted";
import { AskedPeople } from "./asked-people";
import { FoldedFields } from "./folded-fields";
import { useTypedField } from "./use-typed-field";

/** How many of the approvers must approve, and who is asked after them. Folded, because for most actions one approval is enough. */
export function StageFields({ isOpen, groups }: { isOpen: boolean; groups: readonly string[] }) {
  const { control } = useFormContext<TypedAction>();
  const typed = useTypedField();
  const stages = useFieldArray({ control, name: "laterStages" });
  const [approvers, group] = useWatch({ control, name: ["approverEmails", "approverGroup"] });
  const count = approvers.length;
  return (
    <FoldedFields title="Several people" names={["approvals", "laterStages"]} isOpen={isOpen}>
      <Field
        label="Approvals needed"
        name="approvals"
        hint={
          group !== ""
            ? `How many of the members of ${group} must approve. One rejection ends the request. Nobody counts twice.`
            : count === 0
              ? "How many of the approvers must approve. For more than one, name the approvers above."
              : `How many of the ${counted(count, "approver")} must approve. One rejection ends the request. Nobody counts twice.`
        }
      >
        <TextInput {...typed.text("approvals")} className="max-w-24 tabular-nums" inputMode="numeric" autoComplete="off" />
      </Field>
      {stages.fields.map(({ id }, index) => (
        <fieldset className="grid gap-3 rounded-lg border border-line p-4" key={id}>
          <legend className="sr-only">Stage {index + 2}</legend>
          <div className="flex items-center justify-between gap-2">
            <p className="text-sm font-medium">Stage {index + 2}, asked once the approvals before it are given</p>
            <Button size="sm" variant="ghost" icon={<X />} onClick={() => stages.remove(index)}>
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
      ))}
      {stages.fields.length >= MAX_LATER_STAGES ? null : (
        <div>
          <Button size="sm" icon={<Plus />} onClick={() => stages.append({ approvals: "1", people: [], group: "" })}>
            Add a stage
          </Button>
        </div>
      )}
    </FoldedFields>
  );
}
