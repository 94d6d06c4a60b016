"use client";

import { Calendar } from "lucide-react";
import { useState } from "react";
import { FilterChip } from "@/components/data-table/filter-chip";
import { useListNavigation } from "@/components/data-table/list-frame";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ScriptForm } from "@/components/ui/script-form";
import { TextInput } from "@/components/ui/text-input";
import { PERIODS, type Period, type RunSearch } from "@/lib/domain/runs/run-search";

const WORDS: Record<Period, string> = {
  "1h": "last hour",
  "24h": "last 24 hours",
  "7d": "last 7 days",
  "30d": "last 30 days",
  "90d": "last 90 days",
};
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** Filters by time: a period that ends now, or between two days. */
export function PeriodFilter({ label, search }: { label: string; search: Pick<RunSearch, "within" | "from" | "until"> }) {
  const { change } = useListNavigation();
  const [isOpen, setIsOpen] = useState(false);
  const ask = (wanted: { within?: string; from?: string; until?: string }) => {
    setIsOpen(false);
    change({ within: null, from: null, until: null, ...wanted });
  };
  return (
    <FilterChip
      label={label}
      value={said(search)}
      icon={<Calendar aria-hidden="true" />}
      params={["within", "from", "until"]}
      width="w-64"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
    >
      <div className="-mx-1.5 grid">
        {PERIODS.map((period) => (
          <button
            className={`h-8 cursor-pointer rounded-md px-1.5 text-left text-sm hover:bg-pressed max-md:h-10 ${search.within === period ? "font-medium text-link" : ""}`}
            key={period}
            type="button"
            aria-pressed={search.within === period}
            onClick={() => ask({ within: period })}
          >
            {capital(WORDS[period])}
          </button>
        ))}
      </div>
      <ScriptForm
        className="mt-2 grid gap-3 border-t border-line pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          ask({ from: String(given.get("from")), until: String(given.get("until")) });
        }}
      >
        <Field label="From">
          <TextInput name="from" type="date" defaultValue={search.from ?? ""} />
        </Field>
        <Field label="To (inclusive)" hint="Days in UTC">
          <TextInput name="until" type="date" defaultValue={search.until ?? ""} />
        </Field>
        <Button type="submit" size="sm">
          Apply
        </Button>
      </ScriptForm>
    </FilterChip>
  );
}

function said({ within, from, until }: Pick<RunSearch, "within" | "from" | "until">): string | null {
  if (within !== null) return WORDS[within];
  const day = (text: string) => DAY.format(new Date(text));
  if (from !== null && until !== null) return from === until ? day(from) : `${day(from)} to ${day(until)}`;
  if (from !== null) return `from ${day(from)}`;
  return until === null ? null : `until ${day(until)}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
