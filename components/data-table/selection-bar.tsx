"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

/** Takes its own row above the head. */
export function SelectionBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  return (
    <div
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-accent-line bg-accent-soft py-1.5 pr-2 pl-4"
      role="region"
      aria-label="Selection"
    >
      <p className="mr-auto font-medium tabular-nums" role="status">
        {count} selected
      </p>
      {children}
      <Button size="sm" variant="ghost" kbd="Esc" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
