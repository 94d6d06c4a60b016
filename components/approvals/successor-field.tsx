"use client";

import { Field } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";
import type { Successor } from "@/lib/approvers/list-successors";

/** Chooses who takes pending requests over. */
export function SuccessorField({
  label,
  successors,
  total,
  value,
  change,
  nobody,
  hint,
}: {
  label: string;
  successors: readonly Successor[];
  /** How many requests there are: whoever can't take over all of them says so. */
  total: number;
  value: string;
  change: (email: string) => void;
  /** What choosing nobody means. */
  nobody: string;
  hint?: string;
}) {
  return (
    <Field className="text-ink" label={label} hint={hint}>
      <SelectInput value={value} onChange={(event) => change(event.target.value)}>
        <option value="">{nobody}</option>
        {successors.map(({ email, name, runs }) => (
          <option value={email} key={email}>
            {name === null ? email : `${name}, ${email}`}
            {runs < total ? ` (${runs} of ${total})` : ""}
          </option>
        ))}
      </SelectInput>
    </Field>
  );
}
