import { Undo2, UserCheck, Users } from "lucide-react";
import { ApprovalsProgress } from "@/components/action-runs/approvals-progress";
import { LongText } from "@/components/action-runs/long-text";
import { VisibleText } from "@/components/action-runs/visible-text";
import { REVOKE_LABELS } from "@/components/approvals/decision-labels";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { Fact, FactList } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";
import { Outcome } from "@/components/ui/outcome";
import { decidePath } from "./decide-path";
import type { ApprovedRun } from "./earlier-decision";
import { SummaryFact } from "./summary-fact";

/** A pending request that this approver has approved, or isn't asked about now: who has approved it, and who is still needed. */
export function ApprovedRequest({ approved, token, isJustDone }: { approved: ApprovedRun; token: string; isJustDone: boolean }) {
  const { ownBy, ownAt, comment, canRevoke, approvals, waitingFor, summary } = approved;
  return (
    <>
      {ownBy === null ? (
        <Outcome tone="no" icon={Users} title="You aren’t asked to decide this now">
          This request needs several approvals. Only the people who are asked now can decide it.
        </Outcome>
      ) : (
        <Outcome
          tone="ok"
          icon={UserCheck}
          title={
            canRevoke ? (
              isJustDone ? (
                "You approved this action"
              ) : (
                "You’ve already approved this"
              )
            ) : (
              <>
                Already approved in your place by <VisibleText text={ownBy} />
              </>
            )
          }
        >
          {ownAt === null ? null : <Instant at={ownAt} />}. Nothing runs until the other approvals are given.
          {canRevoke ? " Until then, you can revoke yours." : ""}
        </Outcome>
      )}
      <FactList>
        <SummaryFact summary={summary} />
        <Fact label="Approvals">
          <ApprovalsProgress approvals={approvals} waitingFor={waitingFor} reader={summary.approverEmail} />
        </Fact>
        {comment === null || comment === "" ? null : (
          <Fact label={canRevoke ? "Your comment" : "Comment"}>
            <span className="whitespace-pre-wrap">
              <LongText text={comment} />
            </span>
          </Fact>
        )}
      </FactList>
      {canRevoke ? (
        <ButtonAnchor href={decidePath(token, "?step=revoke")} size="touch">
          <Undo2 className="size-4" strokeWidth={1.75} aria-hidden="true" />
          {REVOKE_LABELS.verb}…
        </ButtonAnchor>
      ) : null}
    </>
  );
}
