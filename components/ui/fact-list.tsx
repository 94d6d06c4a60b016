import type { ReactNode } from "react";

/** A card of labelled facts, one a row; a half fact shares its row with the next half. */
export function FactList({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-xl border border-line bg-surface shadow-card [&>*:not(:first-child)]:border-t">
      {children}
    </dl>
  );
}

export function Fact({ label, width = "full", children }: {
  label: ReactNode;
  width?: "full" | "first-half" | "second-half";
  children: ReactNode;
}) {
  const span = { full: "col-span-2", "first-half": "", "second-half": "border-l" }[width];
  return (
    <div className={`min-w-0 border-line px-4 py-3 ${span}`}>
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="mt-0.5 text-lg wrap-anywhere">{children}</dd>
    </div>
  );
}
