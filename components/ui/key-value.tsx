import type { ReactNode } from "react";

/** Names and raw values, in mono. On a phone the value goes below its name. */
export function KeyValueList({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-line">{children}</dl>;
}

/** A row that needs a second look is tinted. */
export function KeyValueRow({ name, isFlagged = false, children }: { name: ReactNode; isFlagged?: boolean; children: ReactNode }) {
  return (
    <div
      className={`grid gap-x-4 px-4 py-2 font-mono text-sm last:rounded-b-xl sm:grid-cols-[152px_minmax(0,1fr)] ${isFlagged ? "bg-wait-soft" : ""}`}
    >
      <dt className="text-muted wrap-anywhere">{name}</dt>
      <dd className="min-w-0 wrap-anywhere whitespace-pre-wrap">{children}</dd>
    </div>
  );
}
