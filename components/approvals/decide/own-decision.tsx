import { Ban, TriangleAlert, Undo2, UserCheck, UserX } from "lucide-react";
import { REVOKE_LABELS } from "@/components/approvals/decision-labels";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { Outcome } from "@/components/ui/outcome";
import { possessive } from "@/lib/domain/text/possessive";
import { decidePath } from "./decide-path";
import { DecidedFacts } from "./decided-facts";
import type { EarlierDecision } from "./earlier-decision";

const LOOKS = {
  approved: { tone: "ok", icon: UserCheck },
  rejected: { tone: "no", icon: UserX },
  blocked: { tone: "stop", icon: Ban },
} as const;

/** This approver's own decision: right after it, or when the link is opened again. `hasAnswered` after a revocation that came too late. */
export function OwnDecision({
  decided,
  token,
  isJustDone,
  hasAnswered,
}: {
  decided: EarlierDecision;
  token: string;
  isJustDone: boolean;
  hasAnswered: boolean;
}) {
  const { decision, decidedAt, canRevoke } = decided;
  return (
    <>
      {hasAnswered ? (
        <Notice size="lg" tone="wait" icon={TriangleAlert} title="Your approval wasn’t revoked.">
          {canRevoke ? "Try again." : "The app had already claimed it, so it may run or has run."}
        </Notice>
      ) : null}
      {isJustDone ? (
        <Outcome {...LOOKS[decision]} title={`You ${decision} this action`}>
          <Instant at={decidedAt} />. {nextStepText(decided)}
        </Outcome>
      ) : (
        <Outcome {...LOOKS[decision]} title="You’ve already decided">
          You {decision} this action on <Instant at={decidedAt} />.{" "}
          {canRevoke ? REVOKE_LABELS.offer : "A link works once, and a decision can’t be changed."}
        </Outcome>
      )}
      <DecidedFacts decided={decided} commentLabel="Your comment" />
      {canRevoke ? (
        <ButtonAnchor href={decidePath(token, "?step=revoke")} size="touch">
          <Undo2 className="size-4" strokeWidth={1.75} aria-hidden="true" />
          {REVOKE_LABELS.verb}…
        </ButtonAnchor>
      ) : null}
      {isJustDone && !canRevoke ? (
        <p className="text-center text-sm text-muted">This link can’t be used again. You can close this page.</p>
      ) : null}
    </>
  );
}

function nextStepText({ decision, executionStatus, comment, summary, canRevoke }: EarlierDecision): string {
  if (decision !== "approved") return `Nothing will run. The agent will see your decision${comment ? " and your comment" : ""}.`;
  // Only a test from the console stays so after an approval.
  if (executionStatus === "not_executed") return "This was a test from the console, so nothing will run.";
  const app = `${possessive(summary.workspace.clientName)} app`;
  if (executionStatus === "executed") return `${app} has reported that it ran.`;
  if (executionStatus === "failed") return `${app} has reported that it failed.`;
  return `${app} may now run it once, and will report what happened.${canRevoke ? ` ${REVOKE_LABELS.offer}` : ""}`;
}
