"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { nextSort, sortDirection } from "./list-address";
import { useListNavigation } from "./list-frame";
import { ListLink } from "./list-link";
import type { ColumnMeta } from "./table-features";

const HIDDEN_BELOW = { lg: "max-lg:hidden", xl: "max-xl:hidden" } as const;

/** Where later columns have gone, the last one that is left stands at the edge. */
export function edgeStyles(metas: readonly (ColumnMeta | undefined)[]): string[] {
  const lastOf = (isShown: (meta: ColumnMeta | undefined) => boolean) => metas.findLastIndex(isShown);
  const [lastAtXl, lastAtLg, lastBelow] = [
    metas.length - 1,
    lastOf((meta) => meta?.hiddenBelow !== "xl"),
    lastOf((meta) => meta?.hiddenBelow === undefined),
  ];
  return metas.map((meta, place) => {
    const hides = meta?.hiddenBelow === undefined ? "" : HIDDEN_BELOW[meta.hiddenBelow];
    if (place === lastAtXl) return hides;
    return `${hides} ${place === lastAtLg ? "md:max-xl:pr-4" : ""} ${place === lastBelow ? "md:max-lg:pr-4" : ""}`;
  });
}

/** A head cell; where the list can be sorted by it, a link that does. `sort` is the order in force: "-created". */
export function ColumnHeader({ meta, sort, edge }: { meta: ColumnMeta | undefined; sort: string | null; edge: string }) {
  const { hrefFor } = useListNavigation();
  const direction = meta?.sortKey === undefined ? null : sortDirection(sort, meta.sortKey);
  const Arrow = direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th
      className={`sticky top-0 z-2 h-8 border-b border-line bg-inset px-2.5 text-left text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 ${meta?.align === "right" ? "text-right" : ""} ${edge}`}
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
