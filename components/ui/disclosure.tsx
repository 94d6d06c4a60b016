import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

/** A card that opens and closes without a script. */
export function Disclosure({
  title,
  note,
  isOpen = false,
  children,
}: {
  title: string;
  /** How much is inside, so that nothing is folded quietly. */
  note?: string;
  isOpen?: boolean;
  children: ReactNode;
}) {
  return (
    <details className="group/disclosure rounded-xl border border-line bg-surface shadow-card" open={isOpen}>
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 rounded-xl px-4 text-base font-medium [&::-webkit-details-marker]:hidden">
        <span>
          {title}
          {note === undefined ? null : <span className="font-normal text-muted"> {note}</span>}
        </span>
        <ChevronDown
          className="ml-auto size-4 flex-none text-subtle group-open/disclosure:rotate-180"
          strokeWidth={1.75}
          aria-hidden="true"
        />
      </summary>
      <div className="border-t border-line">{children}</div>
    </details>
  );
}
