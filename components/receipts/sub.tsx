import type { ReactNode } from "react";

/** Secondary text below an answer. */
export function Sub({ children }: { children: ReactNode }) {
  return <div className="mt-0.5 text-sm text-muted print:mt-0 print:text-[8.5pt] print:leading-[11.5pt]">{children}</div>;
}
