import { RiskMark } from "@/components/action-runs/risk-mark";
import type { ProposedPolicy } from "@/lib/domain/policy/propose-policy";
import { policySummary } from "@/lib/words/policy-labels";

/** The proposal with its reason; its place is there before the proposal is, so that nothing jumps. */
export function ProposedPolicyNotice({ proposed }: { proposed: ProposedPolicy | null }) {
  return (
    <div
      className={`min-h-24 rounded-lg border px-4 py-3 ${proposed === null ? "border-dashed border-line-strong" : "border-accent-line bg-accent-soft"}`}
      aria-live="polite"
    >
      {proposed === null ? (
        <p className="text-muted">A suggestion appears here once you’ve answered the three questions.</p>
      ) : (
        <>
          <p className="text-xs text-muted">Suggested</p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 font-medium">
            {policySummary({
              type: proposed.type,
              threshold: proposed.threshold,
              currency: null,
              amountField: "amount",
              currencyField: "currency",
            })}
            <RiskMark level={proposed.riskLevel} />
          </p>
          <p className="mt-1 text-pretty">{proposed.reason}</p>
        </>
      )}
    </div>
  );
}
