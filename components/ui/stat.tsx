import type { ReactNode } from "react";

/** Cells that share their borders: one row, two rows of three, or three of two. */
export function Stats({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      className="grid grid-cols-6 gap-px overflow-hidden rounded-lg border border-line bg-line shadow-card max-xl:grid-cols-3 max-sm:grid-cols-2"
      aria-label={label}
    >
      {children}
    </section>
  );
}

/** A count, what it counts and one thing worth knowing about it. */
export function Stat({ label, value, note }: { label: ReactNode; value: number; note: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-4 py-3.5">
      <div className="flex items-center gap-1.5 text-xs whitespace-nowrap">{label}</div>
      <div className="mt-1 text-2xl font-semibold tracking-display tabular-nums">{value.toLocaleString("en-US")}</div>
      <div className="text-xs text-pretty text-muted">{note}</div>
    </div>
  );
}
