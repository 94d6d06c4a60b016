import { ChangesList } from "@/components/action-runs/changes-list";
import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { Instant } from "@/components/ui/instant";
import type { DecisionBody, VoteBody } from "@/lib/domain/log/read-receipt-body";
import type { DecisionChannel } from "@/lib/domain/log/receipt-body";
import type { ReceiptDocument } from "@/lib/receipts/document/receipt-document";
import { Sub } from "./sub";

const OUTCOMES: Record<DecisionBody["governance_status"], string> = {
  allowed: "Allowed",
  approved: "Approved",
  rejected: "Rejected",
  blocked: "Blocked",
};
/** Where it was decided, after "by ann@example.com, " or alone. */
export const DECISION_CHANNEL_LABELS: Record<DecisionChannel, string> = {
  policy: "by the policy, immediately",
  expiry: "automatically, because nobody decided in time",
  decision_link: "through the link in the email",
  console: "in the console",
  admin_cli: "from the command line",
  api: "by the app, which withdrew its request",
};

/** Who decided what, when and how, with the comment. */
export function DecisionAnswer({
  says,
  change,
  votes,
}: {
  says: DecisionBody;
  change: ReceiptDocument["change"];
  votes: readonly VoteBody[];
}) {
  return (
    <>
      <p>
        {OUTCOMES[says.governance_status]}
        {change === null ? "" : says.governance_status === "approved" ? " with a change" : " with a proposal"}{" "}
        {says.grant != null
          ? "by a standing grant, immediately"
          : says.decided_by === null
            ? DECISION_CHANNEL_LABELS[says.channel]
            : `by ${says.decided_by}, ${DECISION_CHANNEL_LABELS[says.channel]}`}
      </p>
      <Sub>
        <Instant at={says.decided_at} />, <code className="font-mono text-xs">{says.reason}</code>
      </Sub>
      {votes.length === 0 ? null : (
        <ul className="mt-1.5 grid gap-1" aria-label="Approvals that counted">
          {votes.map((vote) => (
            <li className="wrap-anywhere" key={vote.receipt_id}>
              {vote.voter}
              {vote.in_place_of === null ? "" : `, on behalf of ${vote.in_place_of}`}, {DECISION_CHANNEL_LABELS[vote.channel]}
              <Sub>
                <Instant at={vote.voted_at} />
                {vote.stages > 1 ? `, stage ${vote.stage} of ${vote.stages}` : ""}
                {vote.comment === null || vote.comment === "" ? null : (
                  <>
                    {" "}
                    “<LongText text={vote.comment} />”
                  </>
                )}
              </Sub>
            </li>
          ))}
        </ul>
      )}
      {change === null ? null : <ChangeAnswer change={change} isApproved={says.governance_status === "approved"} />}
      {says.comment === null || says.comment === "" ? null : (
        <blockquote className="mt-1.5 border-l-2 border-line-strong pl-3 whitespace-pre-wrap">
          <LongText text={says.comment} />
          <TextWarnings text={says.comment} />
        </blockquote>
      )}
    </>
  );
}

function ChangeAnswer({
  change: { rows, commitment },
  isApproved,
}: {
  change: NonNullable<ReceiptDocument["change"]>;
  isApproved: boolean;
}) {
  return (
    <div className="mt-1.5">
      <Sub>
        {isApproved
          ? "What was approved differs from what was proposed."
          : "The approver proposed other values, which were not approved by this decision."}
        {rows === null ? ` ${commitment === "erased" ? "The change was erased." : "The change is not disclosed."}` : ""}
      </Sub>
      {rows === null ? null : (
        <div className="mt-1.5">
          <ChangesList rows={rows} />
        </div>
      )}
    </div>
  );
}
