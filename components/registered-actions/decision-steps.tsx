import { VisibleText } from "@/components/action-runs/visible-text";
import type { StepPart } from "@/lib/domain/policy/policy";

/** The steps of the policy's decision, one per line. */
export function DecisionSteps({ steps }: { steps: readonly (readonly StepPart[])[] }) {
  return (
    <ol className="grid gap-2 px-4 py-3.5 text-muted">
      {steps.map((parts, place) => (
        <li className="grid grid-cols-[12px_minmax(0,1fr)] gap-2" key={place}>
          <span className="text-subtle tabular-nums" aria-hidden="true">
            {place + 1}
          </span>
          <span className="wrap-anywhere">
            {parts.map((part, index) =>
              typeof part === "string" ? (
                part
              ) : (
                <code className="font-mono text-xs text-ink" key={index}>
                  <VisibleText text={part.code} />
                </code>
              ),
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
