import type { ReactNode } from "react";

/** Facts about a run, one per line, in a card of the side column. */
export function RunFacts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-2 px-4 py-3 text-sm">{children}</dl>;
}

export function RunFact({ label, isMono = false, children }: { label: string; isMono?: boolean; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[112px_minmax(0,1fr)] gap-3">
      <dt className="text-muted">{label}</dt>
      <dd className={`min-w-0 wrap-anywhere ${isMono ? "font-mono text-xs leading-5" : ""}`}>{children}</dd>
    </div>
  );
}
