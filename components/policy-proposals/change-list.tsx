import { VisibleText } from "@/components/action-runs/visible-text";
import type { ShownChange } from "@/lib/words/shown-changes";

/** From what to what, one setting a line. */
export function ChangeList({ changes }: { changes: readonly ShownChange[] }) {
  return (
    <ul className="grid gap-1 text-muted">
      {changes.map(({ label, before, after }) => (
        <li className="whitespace-pre-line wrap-anywhere" key={label}>
          {label}: <VisibleText text={before} /> <span className="text-subtle">→</span>{" "}
          <span className="text-ink">
            <VisibleText text={after} />
          </span>
        </li>
      ))}
    </ul>
  );
}
