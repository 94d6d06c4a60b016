"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";

/** How long a rotated key works on, beside its successor. */
const OVERLAPS = [
  { minutes: 0, label: "No time: it stops now" },
  { minutes: 60, label: "1 hour" },
  { minutes: 1440, label: "1 day" },
  { minutes: 10_080, label: "7 days" },
  { minutes: 43_200, label: "30 days" },
] as const;

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
