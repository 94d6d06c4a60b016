"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { FilterForm } from "@/components/ui/filter-form";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import type { ReceiptFilter } from "@/lib/receipts/document/schema";

const KINDS = [
  ["decision", "Decisions"],
  ["execution", "Executions"],
  ["erasure", "Erasures"],
  ["log_restarted", "Log restarts"],
] as const;
const CHIP_OFF = "[&>select]:border-line-strong [&>select]:text-muted";
const CHIP_ON = "[&>select]:border-accent-line [&>select]:bg-accent-soft [&>select]:font-medium";
const OUTCOMES = [
  ["allowed", "Allowed"],
  ["approved", "Approved"],
  ["rejected", "Rejected"],
  ["blocked", "Blocked"],
  ["executed", "Executed"],
  ["failed", "Failed"],
] as const;

/** The filters stand in the address. A choice counts at once, a text with Enter; without scripts the button sends the form. */
export function ReceiptFilters({
  filter,
  actionNames,
  home,
  isFiltered,
}: {
  filter: ReceiptFilter;
  actionNames: readonly string[];
  home: string;
  /** Some receipts are left out, and some are not. */
  isFiltered: boolean;
}) {
  const router = useRouter();
  const names = [...new Set([...actionNames, ...(filter.action === undefined ? [] : [filter.action])])];
  const form = useRef<HTMLFormElement>(null);
  const go = () => {
    if (form.current) router.push(addressOf(home, new FormData(form.current)), { scroll: false });
  };
  return (
    <FilterForm
      className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2.5 max-md:flex-nowrap max-md:overflow-x-auto"
      ref={form}
      action={home}
      aria-label="Filters"
      key={JSON.stringify(filter)}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <span className="relative w-52 flex-none max-md:w-40">
        <Search
          className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-subtle"
          strokeWidth={2}
          aria-hidden="true"
        />
        <TextInput
          className="h-7! pl-8! md:text-xs! max-md:h-9!"
          name="by"
          defaultValue={filter.by ?? ""}
          placeholder="Decided by"
          aria-label="Decided by: an address, policy or expiry"
          title="An address or part of one, policy, or expiry"
        />
      </span>
      <Choice name="kind" value={filter.kind} label="Kind" every="Every kind" options={KINDS} onChange={go} />
      <Choice name="outcome" value={filter.outcome} label="Outcome" every="Every outcome" options={OUTCOMES} onChange={go} />
      <Choice
        name="action"
        value={filter.action}
        label="Action"
        every="Every action"
        options={names.map((name) => [name, name])}
        onChange={go}
      />
      <Day name="from" value={filter.from} label="From" onChange={go} />
      <Day name="to" value={filter.to} label="To" onChange={go} />
      <Button type="submit" size="sm">
        Apply
      </Button>
      {isFiltered ? (
        <ButtonLink href={home} size="sm" variant="ghost">
          Clear filters
        </ButtonLink>
      ) : null}
    </FilterForm>
  );
}

/** Tells by its colour, as the chips of other lists do, that it leaves something out. */
function Choice({
  name,
  value,
  label,
  every,
  options,
  onChange,
}: {
  name: string;
  value: string | undefined;
  label: string;
  every: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange: () => void;
}) {
  return (
    <SelectInput
      className={clsx("max-w-56 flex-none [&>select]:field-sizing-content", value === undefined ? CHIP_OFF : CHIP_ON)}
      name={name}
      size="sm"
      defaultValue={value ?? ""}
      onChange={onChange}
      aria-label={label}
    >
      <option value="">{every}</option>
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </SelectInput>
  );
}

function Day({ name, value, label, onChange }: { name: string; value: string | undefined; label: string; onChange: () => void }) {
  return (
    <label className="flex flex-none items-center gap-1.5 text-xs text-muted">
      {label}
      <TextInput
        className={clsx("h-7! w-auto! md:text-xs! max-md:h-9!", value !== undefined && "border-accent-line! bg-accent-soft!")}
        type="date"
        name={name}
        defaultValue={value ?? ""}
        onChange={onChange}
        aria-label={`${label} day, UTC`}
      />
    </label>
  );
}

/** One search has one address: what is empty is left out. */
function addressOf(home: string, form: FormData): string {
  const query = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === "string" && value.trim() !== "") query.set(name, value.trim());
  return query.size === 0 ? home : `${home}?${query.toString()}`;
}
