"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { Button, IconButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { MAX_APPROVERS } from "@/lib/domain/access/limits";

interface Values {
  approvers: { email: string }[];
  escalation: { email: string }[];
  checkpointReceivers: { email: string }[];
}

/** What the rows of each list are called. */
const WORDS = {
  approvers: { legend: "Approvers", one: "approver", add: "Add an approver" },
  escalation: { legend: "Escalation contacts", one: "escalation contact", add: "Add a contact" },
  checkpointReceivers: { legend: "Addresses", one: "address", add: "Add an address" },
} as const satisfies Record<keyof Values, object>;

/** One address a line, each with its own message. */
export function AddressRows({ name = "approvers", mayChange, whenEmpty }: { name?: keyof Values; mayChange: boolean; whenEmpty: string }) {
  const { control, register } = useFormContext<Values>();
  const { fields, append, remove } = useFieldArray({ control, name });
  const { legend, one, add } = WORDS[name];
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {fields.length === 0 ? <p className="rounded-md border border-line bg-inset px-3 py-2 text-muted">{whenEmpty}</p> : null}
      {fields.map(({ id }, place) => (
        <div className="flex items-start gap-2" key={id}>
          <Field
            className="min-w-0 flex-1"
            label={`${one.charAt(0).toUpperCase()}${one.slice(1)} ${place + 1}`}
            isLabelHidden
            name={`${name}.${place}.email`}
          >
            <TextInput
              {...register(`${name}.${place}.email`)}
              type="email"
              autoComplete="off"
              readOnly={!mayChange}
              placeholder="name@example.com"
            />
          </Field>
          {mayChange ? (
            <IconButton label={`Remove ${one} ${place + 1}`} onClick={() => remove(place)}>
              <X />
            </IconButton>
          ) : null}
        </div>
      ))}
      {mayChange && fields.length < MAX_APPROVERS ? (
        <div>
          <Button size="sm" icon={<Plus />} onClick={() => append({ email: "" })}>
            {add}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
