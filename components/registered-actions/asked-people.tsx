"use client";

import type { ReactNode } from "react";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { AddressChips } from "./address-chips";
import { addressError } from "./address-error";
import { useTypedField } from "./use-typed-field";

type Names =
  | { people: "approverEmails"; group: "approverGroup" }
  | { people: `laterStages.${number}.people`; group: `laterStages.${number}.group` }
  | { people: `policy.rules.rules.${number}.ask.people`; group: `policy.rules.rules.${number}.ask.group` };

/** Whom a stage asks: people by their addresses, or one of the workspace's groups. */
export function AskedPeople({ label, hint, groups, ...names }: Names & { label: string; hint?: ReactNode; groups: readonly string[] }) {
  const { control, setValue } = useFormContext<TypedAction>();
  const typed = useTypedField();
  const group = useWatch({ control, name: names.group });
  // One that was deleted or renamed meanwhile stays visible.
  const choices = group === "" || groups.includes(group) ? groups : [group, ...groups];
  const select = typed.text(names.group);
  return (
    <>
      {choices.length === 0 ? null : (
        <Field
          label={`${label}: people or a group`}
          name={names.group}
          hint={group === "" ? undefined : "Asks the members that the group has when its turn comes. Edit groups in Settings."}
        >
          <SelectInput
            {...select}
            onChange={(event) => {
              setValue(names.people, [], { shouldDirty: true });
              return select.onChange(event);
            }}
          >
            <option value="">Named people</option>
            {choices.map((name) => (
              <option value={name} key={name}>
                Group: {name}
              </option>
            ))}
          </SelectInput>
        </Field>
      )}
      {group !== "" ? null : (
        <Controller
          control={control}
          name={names.people}
          render={({ field, fieldState }) => (
            <Field label={label} error={addressError(fieldState.error, field.value)} hint={hint}>
              <AddressChips ref={field.ref} value={field.value} onChange={field.onChange} onBlur={field.onBlur} />
            </Field>
          )}
        />
      )}
    </>
  );
}
