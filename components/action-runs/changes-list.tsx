import { ArrowRight } from "lucide-react";
import { LongText } from "@/components/action-runs/long-text";
import type { ChangeRow } from "@/lib/domain/policy/change-rows";

/** Field by field: what was proposed, and what it was changed to. */
export function ChangesList({ rows }: { rows: readonly ChangeRow[] }) {
  return (
    <ul className="grid gap-2">
      {rows.map(({ field, before, after }) => (
        <li className="grid gap-x-3 gap-y-0.5 sm:grid-cols-[minmax(6rem,auto)_minmax(0,1fr)]" key={field}>
          <code className="text-xs leading-5 wrap-anywhere text-muted">{field}</code>
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            {before === null ? null : (
              <>
                <span className="sr-only">from</span>
                <del className="min-w-0 wrap-anywhere text-muted">
                  <LongText text={before} />
                </del>
                <ArrowRight className="size-3 flex-none self-center text-subtle" strokeWidth={2.25} aria-hidden="true" />
                <span className="sr-only">to</span>
              </>
            )}
            <ins className="min-w-0 font-medium wrap-anywhere no-underline">
              <LongText text={after} />
            </ins>
          </span>
        </li>
      ))}
    </ul>
  );
}
