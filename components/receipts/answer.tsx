import type { ReactNode } from "react";

/** A question with its answer. */
export function Answer({ question, children }: { question: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[168px_minmax(0,1fr)] gap-x-6 gap-y-0.5 border-t border-line px-8 py-3.5 first:border-0 max-sm:grid-cols-1 max-sm:px-5 max-sm:py-3 print:break-inside-avoid print:grid-cols-[40mm_minmax(0,1fr)] print:px-0 print:py-1">
      <dt className="text-muted">{question}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}
