"use client";

import { useRef, type ReactNode } from "react";
import { useRouter } from "next/navigation";
import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import type { ReceiptFilter } from "@/lib/receipts/schema";

const OUTCOMES = [
  ["allowed", "Allowed"],
  ["approved", "Approved"],
  ["rejected", "Rejected"],
  ["blocked", "Blocked"],
  ["executed", "Executed"],
  ["failed", "Failed"],
] as const;

/** The filters stand in the address. A choice counts at once, a text with Enter; without scripts the button sends the form. */
export function ReceiptFilters({ filter, actionNames, home }: { filter: ReceiptFilter; actionNames: readonly string[]; home: string }) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const go = () => {
    if (form.current) router.push(addressOf(home, new FormData(form.current)), { scroll: false });
  };
  return (
    <form
      className="flex flex-wrap items-end gap-2 max-md:grid max-md:grid-cols-2 max-md:*:min-w-0 max-md:*:last:col-span-2"
      ref={form}
      action={home}
      aria-label="Filters"
      key={JSON.stringify(filter)}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <Filter label="Kind">
        <SelectInput name="kind" size="sm" defaultValue={filter.kind ?? ""} onChange={go} aria-label="Kind">
          <option value="">Every kind</option>
          <option value="decision">Decisions</option>
          <option value="execution">Executions</option>
        </SelectInput>
      </Filter>
      <Filter label="Outcome">
        <SelectInput name="outcome" size="sm" defaultValue={filter.outcome ?? ""} onChange={go} aria-label="Outcome">
          <option value="">Every outcome</option>
          {OUTCOMES.map(([value, label]) => (
            <option key={value} value={value}>{label}</option>
          ))}
        </SelectInput>
      </Filter>
      <Filter label="Action">
        <SelectInput name="action" size="sm" defaultValue={filter.action ?? ""} onChange={go} aria-label="Action">
          <option value="">Every action</option>
          {[...new Set([...actionNames, ...(filter.action === undefined ? [] : [filter.action])])].map((name) => (
            <option key={name} value={name}>{name}</option>
          ))}
        </SelectInput>
      </Filter>
      <Filter label="From, UTC">
        <TextInput className="h-7! text-xs! max-md:h-9!" type="date" name="from" defaultValue={filter.from ?? ""} onChange={go} aria-label="From day, UTC" />
      </Filter>
      <Filter label="To, UTC">
        <TextInput className="h-7! text-xs! max-md:h-9!" type="date" name="to" defaultValue={filter.to ?? ""} onChange={go} aria-label="To day, UTC" />
      </Filter>
      <Filter label="Decided by">
        <span className="flex gap-1 max-md:gap-2">
          <TextInput className="h-7! w-44! text-xs! max-md:h-9! max-md:w-full!" name="by" defaultValue={filter.by ?? ""} placeholder="Address, policy or clock" aria-label="Decided by" />
          <Button type="submit" size="sm" icon={<Search />} aria-label="Apply the filters" />
        </span>
      </Filter>
    </form>
  );
}

function Filter({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="grid gap-1">
      <span className="text-2xs text-subtle" aria-hidden="true">{label}</span>
      {children}
    </span>
  );
}

/** One search has one address: what is empty is left out. */
function addressOf(home: string, form: FormData): string {
  const query = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === "string" && value.trim() !== "") query.set(name, value.trim());
  return query.size === 0 ? home : `${home}?${query.toString()}`;
}
