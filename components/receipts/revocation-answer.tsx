import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { Instant } from "@/components/ui/instant";
import type { RevocationBody } from "@/lib/domain/log/read-receipt-body";
import { DECISION_CHANNEL_LABELS } from "./decision-answer";
import { Sub } from "./sub";

const ENDED: Record<RevocationBody["reason"], string> = {
  withdrawn: "Withdrawn afterwards",
  approval_revoked: "Approval revoked afterwards",
  approval_lapsed: "Approval lapsed afterwards",
};

/** How the decision ended before anyone claimed the run: by whom, when and why. */
export function RevocationAnswer({ says }: { says: RevocationBody }) {
  return (
    <div className="mt-2.5">
      <p>
        {ENDED[says.reason]}{" "}
        {says.reason === "approval_lapsed"
          ? "because nobody claimed the run in time"
          : says.revoked_by === null
            ? "by the app"
            : `by ${says.revoked_by}, ${DECISION_CHANNEL_LABELS[says.channel]}`}
      </p>
      <Sub>
        <Instant at={says.revoked_at} />, <code className="font-mono text-xs">{says.reason}</code>
      </Sub>
      {says.comment === null || says.comment === "" ? null : (
        <blockquote className="mt-1.5 border-l-2 border-line-strong pl-3 whitespace-pre-wrap">
          <LongText text={says.comment} />
          <TextWarnings text={says.comment} />
        </blockquote>
      )}
    </div>
  );
}
