"use client";

import type { ReactNode } from "react";
import { CheckInput } from "@/components/ui/check-input";
import { FilterChip } from "./filter-chip";
import { useListNavigation } from "./list-frame";

/** A filter with some of several values, kept in the address as "a,b". */
export function OptionsFilter({
  label,
  param,
  options,
  icon,
}: {
  label: string;
  param: string;
  options: readonly { value: string; label: ReactNode; text: string }[];
  icon?: ReactNode;
}) {
  const { params, change } = useListNavigation();
  const chosen = (params.get(param) ?? "").split(",").filter((value) => value !== "");
  const toggle = (value: string) =>
    change({ [param]: chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value] });
  const only = options.find(({ value }) => value === chosen[0])?.text ?? chosen[0];
  const said = chosen.length === 0 ? null : chosen.length === 1 ? `is ${only}` : `is one of ${chosen.length}`;
  return (
    <FilterChip label={label} value={said} icon={icon} params={[param]} width="w-64">
      <fieldset className="grid gap-2">
        <legend className="mb-2 text-xs font-medium text-muted">{label}</legend>
        {options.length === 0 ? <p className="text-xs text-muted">There is nothing to choose from yet.</p> : null}
        {options.map((option) => (
          <CheckInput
            key={option.value}
            label={option.label}
            checked={chosen.includes(option.value)}
            onChange={() => toggle(option.value)}
          />
        ))}
      </fieldset>
    </FilterChip>
  );
}
