import type { ReactNode } from "react";

const LAYOUTS = {
  /** One a row; a half fact shares its row with the next half. */
  stack: "grid-cols-2 rounded-xl shadow-card [&>*:not(:first-child)]:border-t",
  /** Up to three beside each other, as long as there is room. The first two share a row where there is less. */
  row: "rounded-lg [&_.text-amount]:text-2xl max-sm:[&_.text-amount]:text-xl max-xl:grid-cols-2 max-xl:[&>*]:col-span-1 max-xl:[&>*:nth-child(2)]:border-l max-xl:[&>*:nth-child(3)]:col-span-2 max-xl:[&>*:nth-child(3)]:border-t xl:auto-cols-fr xl:grid-flow-col xl:[&>*]:col-span-1 xl:[&>*:not(:first-child)]:border-l",
} as const;

/** A card of labeled facts. */
export function FactList({ layout = "stack", children }: { layout?: keyof typeof LAYOUTS; children: ReactNode }) {
  return <dl className={`grid overflow-hidden border border-line bg-surface ${LAYOUTS[layout]}`}>{children}</dl>;
}

export function Fact({
  label,
  width = "full",
  children,
}: {
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
