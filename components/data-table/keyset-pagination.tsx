"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { SelectInput } from "@/components/ui/select-input";
import { useListNavigation } from "./list-frame";
import { ListLink } from "./list-link";

/** Newer and older, by the place where this page ends: a page number would lie while rows arrive. null: there is no such page. */
export function KeysetPagination({
  note,
  newer,
  older,
  rowsPerPage,
  newerLabel = "Newer",
  olderLabel = "Older",
}: {
  note?: ReactNode;
  newer: string | null;
  older: string | null;
  rowsPerPage?: { value: number; options: readonly number[] };
  newerLabel?: string;
  olderLabel?: string;
}) {
  const { isPending, change } = useListNavigation();
  return (
    <nav className="flex flex-wrap items-center gap-3 border-t border-line py-2 pr-2 pl-4 text-xs text-muted" aria-label="Pages">
      <p className="mr-auto" role="status">
        {isPending ? "Loading" : note}
      </p>
      {rowsPerPage === undefined ? null : (
        <label className="flex items-center gap-2 max-md:hidden">
          Rows
          <SelectInput
            className="w-[70px] text-ink"
            size="sm"
            value={rowsPerPage.value}
            onChange={(event) => change({ rows: event.target.value })}
          >
            {rowsPerPage.options.map((count) => (
              <option key={count}>{count}</option>
            ))}
          </SelectInput>
        </label>
      )}
      <span className="flex">
        <PageLink href={newer} side="left">
          <ChevronLeft className="size-4" strokeWidth={1.75} aria-hidden="true" />
          {newerLabel}
        </PageLink>
        <PageLink href={older} side="right">
          {olderLabel}
          <ChevronRight className="size-4" strokeWidth={1.75} aria-hidden="true" />
        </PageLink>
      </span>
    </nav>
  );
}

function PageLink({ href, side, children }: { href: string | null; side: "left" | "right"; children: ReactNode }) {
  const shape = side === "left" ? "!rounded-r-none" : "-ml-px !rounded-l-none";
  if (href === null) {
    return (
      <button className={buttonStyle("plain", "sm", shape)} type="button" disabled>
        {children}
      </button>
    );
  }
  return (
    <ListLink className={buttonStyle("plain", "sm", shape)} href={href}>
      {children}
    </ListLink>
  );
}
