import { VisibleText } from "@/components/action-runs/visible-text";
import type { JsonObject } from "@/lib/domain/json-value";
import type { PolicyRule } from "@/lib/domain/policy/policies";
import type { Circumstances } from "@/lib/domain/policy/policy";
import { policySteps } from "@/lib/domain/policy/policy-steps";

/** The steps of the policy's decision, one per line. */
export function DecisionSteps({
  rule,
  payload,
  circumstances,
  windowMinutes,
}: {
  rule: PolicyRule;
  payload: JsonObject;
  circumstances: Circumstances;
  windowMinutes: number;
}) {
  return (
    <ol className="grid gap-2 px-4 py-3.5 text-muted">
      {policySteps(rule, payload, windowMinutes, circumstances).map((parts, place) => (
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
