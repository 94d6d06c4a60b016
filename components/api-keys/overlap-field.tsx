"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";
import { OVERLAPS } from "@/lib/api-keys/schema";

/** The default. */
export const USUAL_OVERLAP_MINUTES = 1440;

/** How long the old key or secret stays valid beside the new one. */
export function OverlapField({ label, field }: { label: string; field: UseFormRegisterReturn }) {
  return (
    <Field label={label} name={field.name}>
      <SelectInput {...field}>
        {OVERLAPS.map(({ minutes, label: words }) => (
          <option key={minutes} value={minutes}>
            {words}
          </option>
        ))}
      </SelectInput>
    </Field>
  );
}
