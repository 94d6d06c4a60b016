import { Undo2 } from "lucide-react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { ClockXIcon } from "@/components/ui/clock-x-icon";
import { Instant } from "@/components/ui/instant";
import { Outcome } from "@/components/ui/outcome";
import { REVOCATION_REASONS } from "@/lib/domain/runs/statuses";
import { DecidedFacts } from "./decided-facts";
import type { EarlierDecision } from "./earlier-decision";

/** Shows a request that was withdrawn, or whose approval was revoked, to any holder of its link. */
export function EndedRequest({ decided, isOwn, isJustDone }: { decided: EarlierDecision; isOwn: boolean; isJustDone: boolean }) {
  const { decidedBy, decidedAt, reason } = decided;
  if (reason === "withdrawn") {
    return (
      <>
        <Outcome tone="no" icon={Undo2} title="This request was withdrawn">
          {decidedBy === null ? "The app" : <VisibleText text={decidedBy} />} withdrew it on <Instant at={decidedAt} />. There is nothing to
          decide, and nothing will run.
        </Outcome>
        <DecidedFacts decided={decided} commentLabel="Reason" />
      </>
    );
  }
  if (reason === "approval_lapsed") {
    return (
      <>
        <Outcome tone="no" icon={ClockXIcon} title="The approval lapsed">
          The app didn’t claim it by <Instant at={decidedAt} />, so the approval no longer holds. Nothing will run.
        </Outcome>
        <DecidedFacts decided={decided} commentLabel="Comment" />
      </>
    );
  }
  const who = isOwn ? "You" : <VisibleText text={decidedBy ?? "The approver"} />;
  return (
    <>
      <Outcome tone="no" icon={Undo2} title={isOwn ? "You revoked your approval" : "The approval was revoked"}>
        {who} revoked it on <Instant at={decidedAt} />, before the app claimed it. Nothing will run.
      </Outcome>
      <DecidedFacts decided={decided} commentLabel={isOwn ? "Your comment" : <>Comment by {who}</>} />
      {isJustDone ? <p className="text-center text-sm text-muted">You can close this page.</p> : null}
    </>
  );
}

/** Whether the request ended in a way that has its own screen. */
export function isEnded({ reason }: EarlierDecision): boolean {
  return REVOCATION_REASONS.some((known) => known === reason);
}
