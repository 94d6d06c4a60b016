"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { nextSort, sortDirection } from "@/components/data-table/list-address";
import { useListNavigation } from "@/components/data-table/list-frame";
import { ListLink } from "@/components/data-table/list-link";
import type { ColumnMeta } from "@/components/data-table/table-features";

const HIDDEN_BELOW = { lg: "max-lg:hidden", xl: "max-xl:hidden" } as const;

export function cellWidthStyle(meta: ColumnMeta | undefined): string {
  return meta?.hiddenBelow === undefined ? "" : HIDDEN_BELOW[meta.hiddenBelow];
}

/** A head cell; where the list can be sorted by it, a link that does. `sort` is the order in force: "-created". */
export function ColumnHeader({ meta, sort }: { meta: ColumnMeta | undefined; sort: string | null }) {
  const { hrefFor } = useListNavigation();
  const direction = meta?.sortKey === undefined ? null : sortDirection(sort, meta.sortKey);
  const Arrow = direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th
      className={`h-8 border-b border-line bg-inset px-2.5 text-left text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 ${meta?.align === "right" ? "text-right" : ""} ${cellWidthStyle(meta)}`}
      scope="col"
      role="columnheader"
      aria-sort={direction ?? undefined}
    >
      {meta?.sortKey === undefined ? (
        meta?.label
      ) : (
        <ListLink
          className={`-mx-1.5 inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-pressed ${direction === null ? "" : "text-ink"}`}
          href={hrefFor({ sort: nextSort(sort, meta.sortKey) })}
        >
          {meta.label}
          {direction === null ? null : <Arrow className="size-3.5" strokeWidth={2} aria-hidden="true" />}
        </ListLink>
      )}
    </th>
  );
}
