import type { ReactNode } from "react";
import { Instant } from "@/components/ui/instant";
import type { RunView } from "@/lib/action-runs/show/run-view";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import { formatDuration } from "@/lib/domain/time/format-duration";
import { TextWarnings } from "./text-warnings";
import { VisibleText } from "./visible-text";

/** Amount, recipient, and how long it took or may still take. */
export function RunStakes({ run }: { run: RunView }) {
  const { amount, recipient } = run;
  return (
    <dl className="mb-4 grid grid-cols-[fit-content(45%)_minmax(0,1fr)_auto] divide-x divide-line rounded-lg border border-line bg-surface shadow-card max-sm:grid-cols-1 max-sm:divide-x-0 max-sm:divide-y">
      <Stake label={run.change?.isApplied ? "Approved amount" : "Amount"}>
        {amount === null ? (
          <span className="text-md text-muted">{run.payload === null ? "erased" : "none"}</span>
        ) : (
          <span className="text-2xl font-semibold tracking-display wrap-anywhere tabular-nums">
            {formatAmount(amount.decimal)}
            {amount.currency === null ? null : (
              <span className="ml-1.5 text-md font-normal tracking-normal text-muted">
                <VisibleText text={amount.currency} />
              </span>
            )}
          </span>
        )}
      </Stake>
      <Stake label="To">
        {recipient === null ? (
          <span className="text-md text-muted">{run.payload === null ? "erased" : "none"}</span>
        ) : (
          <span className="text-md font-medium wrap-anywhere">
            <VisibleText text={recipient} />
            <TextWarnings text={recipient} />
          </span>
        )}
      </Stake>
      <Stake label={run.governanceStatus === "pending_approval" ? "Decide by" : "From proposal to outcome"}>
        <span className="text-md tabular-nums">{timeOf(run)}</span>
      </Stake>
    </dl>
  );
}

function timeOf({ governanceStatus, execution, createdAt, expiresAt, endedAt }: RunView): ReactNode {
  if (governanceStatus === "pending_approval")
    return expiresAt === null ? (
      "no deadline"
    ) : (
      <>
        <Instant at={expiresAt} format="short" />
        <span className="text-muted">, or it’s rejected</span>
      </>
    );
  if (execution === "awaiting_execution_report") return <span className="text-muted">not reported yet</span>;
  if (execution === "in_doubt") return <span className="text-muted">unknown, it’s in doubt</span>;
  return endedAt === null ? "none" : formatDuration(endedAt.getTime() - createdAt.getTime());
}

function Stake({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-3">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="mt-0.5 flex min-h-8 flex-wrap items-center">{children}</dd>
    </div>
  );
}
