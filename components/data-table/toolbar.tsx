"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { useListNavigation } from "./list-frame";

/** Search and filters; on a phone they scroll sideways. `filterParams` are what "Clear filters" takes out of the address. */
export function Toolbar({ filterParams, end, children }: { filterParams: readonly string[]; end?: ReactNode; children: ReactNode }) {
  const { params, change } = useListNavigation();
  const isFiltered = filterParams.some((name) => params.has(name));
  return (
    <div
      className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2.5 max-md:flex-nowrap max-md:overflow-x-auto"
      role="search"
    >
      {children}
      {isFiltered ? (
        <Button size="sm" variant="ghost" onClick={() => change(Object.fromEntries(filterParams.map((name) => [name, null])))}>
          Clear filters
        </Button>
      ) : null}
      {end === undefined ? null : <div className="ml-auto flex flex-none items-center gap-2">{end}</div>}
    </div>
  );
}

/** For the state "nothing matches". */
export function ClearFilters({ filterParams }: { filterParams: readonly string[] }) {
  const { change } = useListNavigation();
  return (
    <Button size="sm" onClick={() => change(Object.fromEntries(filterParams.map((name) => [name, null])))}>
      Clear filters
    </Button>
  );
}
