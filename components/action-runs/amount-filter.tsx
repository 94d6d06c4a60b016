"use client";

import { Coins } from "lucide-react";
import { useState } from "react";
import { FilterChip } from "@/components/data-table/filter-chip";
import { useListNavigation } from "@/components/data-table/list-frame";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ScriptForm } from "@/components/ui/script-form";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import { isPlainDecimal } from "@/lib/domain/policy/amounts";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import type { RunSearch } from "@/lib/domain/runs/run-search";

type Asked = Pick<RunSearch, "amountMin" | "amountMax" | "currency">;

/** Filters by a run's amount. */
export function AmountFilter({ search, currencies }: { search: Asked; currencies: readonly string[] }) {
  const { change } = useListNavigation();
  const [isOpen, setIsOpen] = useState(false);
  const [errors, setErrors] = useState<{ min?: string; max?: string }>({});
  const known = [...new Set([...currencies, ...(search.currency === null ? [] : [search.currency])])];
  return (
    <FilterChip
      label="Amount"
      value={said(search)}
      icon={<Coins aria-hidden="true" />}
      params={["min", "max", "currency"]}
      width="w-64"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
    >
      <ScriptForm
        className="grid gap-3"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          const [min, max, currency] = ["min", "max", "currency"].map((name) => String(given.get(name) ?? "").trim());
          const found = { min: mistake(min), max: mistake(max) };
          setErrors(found);
          if (found.min !== undefined || found.max !== undefined) return;
          setIsOpen(false);
          change({ min, max, currency });
        }}
      >
        <Field label="At least" error={errors.min}>
          <TextInput name="min" inputMode="decimal" autoComplete="off" defaultValue={search.amountMin ?? ""} />
        </Field>
        <Field label="At most" error={errors.max}>
          <TextInput name="max" inputMode="decimal" autoComplete="off" defaultValue={search.amountMax ?? ""} />
        </Field>
        <Field label="Currency">
          <SelectInput name="currency" defaultValue={search.currency ?? ""}>
            <option value="">Any, or none</option>
            {known.map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </SelectInput>
        </Field>
        <Button type="submit" size="sm">
          Apply
        </Button>
      </ScriptForm>
    </FilterChip>
  );
}

function mistake(text = ""): string | undefined {
  return text === "" || isPlainDecimal(text) ? undefined : "Enter a plain number, such as 1250.00.";
}

function said({ amountMin: min, amountMax: max, currency }: Asked): string | null {
  const range =
    min !== null && max !== null
      ? `${formatAmount(min)} to ${formatAmount(max)}`
      : min !== null
        ? `from ${formatAmount(min)}`
        : max !== null
          ? `up to ${formatAmount(max)}`
          : null;
  if (currency === null) return range;
  return range === null ? `in ${currency}` : `${range} ${currency}`;
}
