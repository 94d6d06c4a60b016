import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import type { PolicyRule } from "@/lib/domain/policy/policy-types";
import { policyCases } from "@/lib/words/policy-labels";

/** Everything a policy can decide, one case a row. */
export function PolicyCases({ rule }: { rule: PolicyRule }) {
  return (
    <dl>
      {policyCases(rule).map(({ outcome, text }) => (
        <div
          className="grid grid-cols-[148px_minmax(0,1fr)] gap-3 border-t border-line px-4 py-2.5 first:border-0 max-sm:grid-cols-1 max-sm:gap-1"
          key={text}
        >
          <dt>
            <GovernanceBadge status={outcome} quiet />
          </dt>
          <dd className="wrap-anywhere">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
