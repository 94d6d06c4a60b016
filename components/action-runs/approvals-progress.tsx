import { Check, Hourglass } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import type { Approvals } from "@/lib/domain/runs/approvals";
import { approvalsProgress, stillNeeded } from "@/lib/words/approvals-messages";
import { LongText } from "./long-text";
import { VisibleText } from "./visible-text";

/** Who has approved a run that needs several approvals, and who is still needed. */
export function ApprovalsProgress({
  approvals,
  waitingFor,
  reader,
}: {
  approvals: Pick<Approvals, "stage" | "stages" | "required" | "given"> & {
    readonly votes: readonly { readonly by: string; readonly at?: string; readonly comment?: string | null }[];
  };
  /** Those who are asked now and haven't answered; empty once it is decided. */
  waitingFor: readonly string[];
  /** The reader's email address. */
  reader: string | null;
}) {
  const needed = stillNeeded(approvals, waitingFor);
  return (
    <div className="grid gap-1.5 text-base">
      <p className="font-medium">{approvalsProgress(approvals)}</p>
      {approvals.votes.length === 0 ? null : (
        <ul className="grid gap-1" aria-label="Approvals given">
          {approvals.votes.map(({ by, at, comment }) => (
            <li className="flex items-start gap-2 wrap-anywhere" key={by}>
              <Check className="mt-0.5 size-4 flex-none text-ok" strokeWidth={2} aria-hidden="true" />
              <span className="min-w-0">
                <VisibleText text={by} />
                {by === reader ? " (you)" : ""}
                {at === undefined ? null : (
                  <span className="text-muted">
                    , <Instant at={at} format="short" />
                  </span>
                )}
                {comment ? (
                  <span className="block whitespace-pre-wrap text-muted">
                    “<LongText text={comment} />”
                  </span>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      )}
      {needed === null ? null : (
        <p className="flex items-start gap-2 wrap-anywhere">
          <Hourglass className="mt-0.5 size-4 flex-none text-wait" strokeWidth={1.75} aria-hidden="true" />
          <span className="min-w-0">
            Still needed: <VisibleText text={needed} />
          </span>
        </p>
      )}
    </div>
  );
}
