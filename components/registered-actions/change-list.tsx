import { ArrowRight } from "lucide-react";
import { valueWords } from "./value-words";
import { VisibleText } from "@/components/action-runs/visible-text";
import { ACTION_FIELDS, type ActionChange } from "@/lib/domain/policy/action-changes";

/** From what to what, one setting a line. */
export function ChangeList({ changes }: { changes: readonly ActionChange[] }) {
  return (
    <ul className="mt-1 grid gap-1 text-xs text-muted">
      {changes.map(({ field, before, after }) => (
        <li className="wrap-anywhere" key={field}>
          {ACTION_FIELDS[field]}: <VisibleText text={valueWords(field, before)} />
          <ArrowRight className="mx-1 inline size-3 align-[-1px] text-subtle" strokeWidth={2} aria-label="to" />
          <span className="text-ink">
            <VisibleText text={valueWords(field, after)} />
          </span>
        </li>
      ))}
    </ul>
  );
}
