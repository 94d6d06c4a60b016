import { Ban, UserCheck, UserX } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import { Outcome } from "@/components/ui/outcome";
import { possessive } from "@/lib/domain/text/possessive";
import { DecidedFacts } from "./decided-facts";
import type { EarlierDecision } from "./earlier-decision";

const LOOKS = {
  approved: { tone: "ok", icon: UserCheck },
  rejected: { tone: "no", icon: UserX },
  blocked: { tone: "stop", icon: Ban },
} as const;

/** What this approver decided: right after the decision, or when the link is opened again. */
export function OwnDecision({ decided, isJustDone }: { decided: EarlierDecision; isJustDone: boolean }) {
  const { decision, decidedAt } = decided;
  return (
    <>
      {isJustDone ? (
        <Outcome {...LOOKS[decision]} title={`You ${decision} this action`}>
          <Instant at={decidedAt} />. {nextStepText(decided)}
        </Outcome>
      ) : (
        <Outcome {...LOOKS[decision]} title="You’ve already decided">
          You {decision} this action on <Instant at={decidedAt} />. A link works once, and a decision can’t be changed.
        </Outcome>
      )}
      <DecidedFacts decided={decided} commentLabel="Your comment" />
      {isJustDone ? <p className="text-center text-sm text-muted">This link can’t be used again. You can close this page.</p> : null}
    </>
  );
}

function nextStepText({ decision, executionStatus, comment, summary }: EarlierDecision): string {
  if (decision !== "approved") return `Nothing will run. The agent will see your decision${comment ? " and your comment" : ""}.`;
  const app = `${possessive(summary.workspace.clientName)} app`;
  if (executionStatus === "executed") return `${app} has reported that it ran.`;
  if (executionStatus === "failed") return `${app} has reported that it failed.`;
  return `${app} may now run it once, and will report what happened.`;
}
