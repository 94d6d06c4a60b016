"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { SelectInput } from "@/components/ui/select-input";

interface Choice {
  value: string;
  label: string;
}

/** Both filters are in the URL, so a view can be shared. */
export function ActivityFilter({
  kind,
  kinds,
  person,
  people,
}: {
  kind: string;
  kinds: readonly Choice[];
  person: string | null;
  people: readonly Choice[];
}) {
  const router = useRouter();
  const pathname = usePathname();
  const [isPending, startTransition] = useTransition();
  const go = (next: { kind: string; person: string }) => {
    const query = new URLSearchParams();
    if (next.kind !== kinds[0]?.value) query.set("kind", next.kind);
    if (next.person !== "") query.set("person", next.person);
    startTransition(() => router.push(query.size === 0 ? pathname : `${pathname}?${query.toString()}`, { scroll: false }));
  };
  return (
    <div className="flex flex-wrap items-end gap-3 max-md:grid max-md:grid-cols-2" aria-busy={isPending}>
      <label className="grid gap-1">
        <span className="text-xs text-muted">Event type</span>
        <SelectInput
          size="sm"
          className="w-52 max-md:w-full"
          value={kind}
          onChange={(event) => go({ kind: event.target.value, person: person ?? "" })}
        >
          {kinds.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectInput>
      </label>
      <label className="grid gap-1">
        <span className="text-xs text-muted">Person</span>
        <SelectInput
          size="sm"
          className="w-56 max-md:w-full"
          value={person ?? ""}
          onChange={(event) => go({ kind, person: event.target.value })}
        >
          <option value="">Everyone</option>
          {people.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectInput>
      </label>
    </div>
  );
}
