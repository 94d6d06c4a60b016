import type { ReactNode } from "react";

/** A table that scrolls on its own when it is wider than the window. */
export function DocTable({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <div
      className="doc-table relative overflow-x-auto rounded-lg border border-line bg-surface focus-visible:-outline-offset-2"
      tabIndex={0}
      role="region"
      aria-label={label || "Table"}
    >
      <table>{children}</table>
    </div>
  );
}
