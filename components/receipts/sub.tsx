import type { ReactNode } from "react";

/** What stands below an answer, a step quieter. */
export function Sub({ children }: { children: ReactNode }) {
  return <div className="mt-0.5 text-sm text-muted print:text-[9pt] print:leading-[12pt]">{children}</div>;
}
