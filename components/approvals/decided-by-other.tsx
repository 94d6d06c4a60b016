import { Users } from "lucide-react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { DecidedFacts } from "./decided-facts";
import type { EarlierDecision } from "./earlier-decision";
import { Instant } from "@/components/ui/instant";
import { Outcome } from "@/components/ui/outcome";

/** Somebody else decided first. `hasAnswered` when this approver tried to answer after that. */
export function DecidedByOther({ decided, hasAnswered }: { decided: EarlierDecision; hasAnswered: boolean }) {
  const who = <VisibleText text={decided.decidedBy} />;
  return (
    <>
      <Outcome tone="no" icon={Users} title={<>{who} was faster</>}>
        This action was {decided.decision} on <Instant at={decided.decidedAt} />, so there is nothing left to decide.
        {hasAnswered ? " Your answer was not recorded." : ""}
      </Outcome>
      <DecidedFacts decided={decided} commentLabel={<>Comment by {who}</>} />
      {decided.decision === "approved" ? (
        <p className="text-center text-sm text-muted wrap-anywhere">If this is wrong, tell {who} at once.</p>
      ) : null}
    </>
  );
}
