import type { ReactNode } from "react";

/** A dashed frame around words that are not ours, with a line that says whose they are. */
export function Quote({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <figure className="rounded-xl border border-dashed border-line-control bg-inset">
      <figcaption className="flex flex-wrap items-center gap-x-1.5 border-b border-dashed border-line-strong px-3.5 py-2.5 text-xs text-muted">
        {label}
      </figcaption>
      <blockquote className="max-w-[72ch] px-3.5 pt-2.5 pb-3 text-base wrap-anywhere whitespace-pre-wrap">{children}</blockquote>
    </figure>
  );
}
