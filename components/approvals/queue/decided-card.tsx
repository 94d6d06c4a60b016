import { Hourglass, Undo2, Users } from "lucide-react";
import { ApprovalsProgress } from "@/components/action-runs/approvals-progress";
import { ExecutionBadge } from "@/components/action-runs/execution-badge";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { LongText } from "@/components/action-runs/long-text";
import { VisibleText } from "@/components/action-runs/visible-text";
import { ChangedNotice } from "@/components/approvals/change/changed-notice";
import { REVOKE_LABELS } from "@/components/approvals/decision-labels";
import { RevokeApprovalButton } from "@/components/approvals/revoke-approval-button";
import { RunHeadline } from "@/components/approvals/run-headline";
import { ButtonLink } from "@/components/ui/button-link";
import { Fact, FactList } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import type { DecidedWaitingRun } from "@/lib/approvals/waiting-run";
import { CardHead } from "./card-head";

/** A run that is no longer pending: who decided it, when and how. */
export function DecidedCard({
  run,
  runHref,
  backHref,
  backLabel,
}: {
  run: DecidedWaitingRun;
  runHref: string | null;
  backHref: string;
  backLabel: string;
}) {
  const { decision, status, reason, comment, executionStatus, canRevoke } = run;
  return (
    <div className="mx-auto max-w-[864px] px-8 pt-5 pb-8 max-xl:px-5 max-md:px-4 max-md:pt-1">
      <CardHead
        decision={decision}
        badge={<GovernanceBadge status={status} reason={reason} />}
        runHref={runHref}
        backHref={backHref}
        backLabel={backLabel}
      />
      <div className="mt-2.5 mb-4 max-w-[34em]">
        <RunHeadline actor={decision.actor} sentence={decision.sentence} amount={decision.amount} level="h2" id="wanted" />
      </div>
      <WhatHappened run={run} />
      <div className="mt-3 empty:hidden">
        <ChangedNotice decision={decision} isDecided />
      </div>
      {canRevoke ? (
        <div className="mt-3">
          <RevokeApprovalButton runId={decision.runId} />
        </div>
      ) : null}
      <div className="mt-3">
        <FactList>
          {decision.approvals === null ? null : (
            <Fact label="Approvals">
              <ApprovalsProgress approvals={decision.approvals} waitingFor={[]} reader={decision.approverEmail} />
            </Fact>
          )}
          <Fact label={reason === "withdrawn" ? "Reason" : "Comment"}>
            {comment === null || comment === "" ? (
              <span className="text-muted">None</span>
            ) : (
              <span className="whitespace-pre-wrap">
                <LongText text={comment} />
              </span>
            )}
          </Fact>
          <Fact label={executionStatus === "executed" || executionStatus === "failed" ? "Execution, as reported by the app" : "Execution"}>
            <ExecutionBadge status={executionStatus} size="lg" />
          </Fact>
        </FactList>
      </div>
      {runHref === null ? null : (
        <div className="mt-4">
          <ButtonLink href={runHref}>Open run</ButtonLink>
        </div>
      )}
    </div>
  );
}

function WhatHappened({ run: { decision, status, reason, decidedBy, decidedAt, canRevoke } }: { run: DecidedWaitingRun }) {
  const at = <Instant at={decidedAt} format="minute" />;
  const isReader = decidedBy === decision.approverEmail;
  const who = isReader ? "You" : <VisibleText text={decidedBy ?? (reason === "withdrawn" ? "The app" : "Someone")} />;
  if (reason === "approval_expired") {
    return (
      <Notice tone="no" icon={Hourglass} title="This request has expired.">
        It wasn’t decided by {at}, so the run was rejected. The agent can propose it again.
      </Notice>
    );
  }
  if (reason === "withdrawn") {
    return (
      <Notice tone="no" icon={Undo2} title="This request was withdrawn.">
        {who} withdrew it at {at}. Nothing will run.
      </Notice>
    );
  }
  if (reason === "approval_lapsed") {
    return (
      <Notice tone="stop" icon={Hourglass} title="The approval lapsed.">
        Nobody claimed the run by {at}, so it no longer holds. Nothing will run.
      </Notice>
    );
  }
  if (reason === "approval_revoked") {
    return (
      <Notice tone="no" icon={Undo2} title="The approval was revoked.">
        {who} revoked it at {at}, before the app claimed the run. Nothing will run.
      </Notice>
    );
  }
  return (
    <Notice tone="no" icon={Users} title="Already decided.">
      {who} {status} this at {at}. {canRevoke ? REVOKE_LABELS.offer : "A decision can’t be changed."}
    </Notice>
  );
}
