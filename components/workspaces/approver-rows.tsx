"use client";

import { useFieldArray, useFormContext } from "react-hook-form";
import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { MOST_APPROVERS } from "@/lib/workspaces/schema";

interface Values {
  approvers: { email: string }[];
}

/** One address a line, each with its own message. */
export function ApproverRows({ mayChange, whenEmpty }: { mayChange: boolean; whenEmpty: string }) {
  const { control, register } = useFormContext<Values>();
  const { fields, append, remove } = useFieldArray({ control, name: "approvers" });
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-sm font-medium">Approvers</legend>
      {fields.length === 0 ? <p className="rounded-md border border-line bg-inset px-3 py-2 text-muted">{whenEmpty}</p> : null}
      {fields.map(({ id }, place) => (
        <div className="flex items-start gap-2" key={id}>
          <Field className="min-w-0 flex-1" label={`Approver ${place + 1}`} isLabelHidden name={`approvers.${place}.email`}>
            <TextInput {...register(`approvers.${place}.email`)} type="email" autoComplete="off" readOnly={!mayChange} placeholder="name@example.com" />
          </Field>
          {mayChange ? <IconButton label={`Remove approver ${place + 1}`} onClick={() => remove(place)}><X /></IconButton> : null}
        </div>
      ))}
      {mayChange && fields.length < MOST_APPROVERS ? (
        <div>
          <Button size="sm" icon={<Plus />} onClick={() => append({ email: "" })}>Add an approver</Button>
        </div>
      ) : null}
    </fieldset>
  );
}
