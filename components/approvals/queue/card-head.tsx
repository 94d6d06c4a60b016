import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { VisibleText } from "@/components/action-runs/visible-text";
import { TestNotice } from "@/components/approvals/test-notice";
import { workspaceLine } from "@/components/approvals/workspace-line";
import { Link } from "@/components/ui/link";
import type { DecisionView } from "@/lib/domain/runs/decision-view";

/** Status, risk, workspace and id, on one line where they fit. */
export function CardHead({
  decision,
  badge,
  runHref,
  backHref,
  backLabel,
}: {
  decision: DecisionView;
  badge: ReactNode;
  /** null: the reader can't open the run's own page. */
  runHref: string | null;
  backHref: string;
  backLabel: string;
}) {
  const { runId } = decision;
  const shortId = `${runId.slice(0, 8)}…${runId.slice(-4)}`;
  return (
    <>
      <Link className="-ml-2 mb-1 flex min-h-11 items-center gap-2 rounded-md px-2 text-md text-link md:hidden" href={backHref}>
        <ArrowLeft className="size-4" strokeWidth={1.75} aria-hidden="true" />
        {backLabel}
      </Link>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {badge}
        <RiskMark level={decision.action.riskLevel} />
        <span className="text-muted wrap-anywhere">
          <VisibleText text={workspaceLine(decision.workspace)} />
        </span>
        <span className="ml-auto font-mono text-xs text-subtle max-md:hidden" title={runId}>
          {runHref === null ? (
            shortId
          ) : (
            <Link className="rounded-sm hover:text-ink hover:underline" href={runHref}>
              {shortId}
            </Link>
          )}
        </span>
      </div>
      {decision.isTest ? (
        <div className="mt-2.5">
          <TestNotice />
        </div>
      ) : null}
    </>
  );
}
