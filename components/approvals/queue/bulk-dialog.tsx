"use client";

import { CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Money } from "@/components/action-runs/money";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { VisibleText } from "@/components/action-runs/visible-text";
import { AnswersAs } from "@/components/approvals/answers-as";
import { DECISION_LABELS, NOT_SENT } from "@/components/approvals/decision-labels";
import { Button } from "@/components/ui/button";
import { CheckField } from "@/components/ui/check-field";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { ShortId } from "@/components/ui/short-id";
import { Tag } from "@/components/ui/tag";
import { TextAreaInput } from "@/components/ui/text-area-input";
import type { WaitingRun } from "@/lib/approvals/waiting-run";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { lookAlikes } from "@/lib/domain/runs/run-line";
import { needsSecondStep } from "@/lib/domain/runs/second-step";
import type { Decision } from "@/lib/domain/runs/statuses";
import { type BulkOutcome, type BulkOutcomes, bulkEffect, bulkResult, countRuns, outcomeText } from "./bulk-texts";
import { rowWords } from "./queue-row";
import { refusalMessage } from "./refusal-messages";
import { sumsText } from "./selection-bar";
import { useSettled } from "./use-settled";

/** Lists what will happen to each run before it is decided, and each result afterwards. */
export function BulkDialog({
  decision,
  runs,
  email,
  onDecide,
  onClose,
}: {
  decision: Decision;
  runs: readonly WaitingRun[];
  /** The reader's email address, in whose name the decisions are made. */
  email: string;
  /** Throws when the console can't be reached. */
  onDecide: (runs: readonly WaitingRun[], answer: { comment: string; isConfirmed: boolean }) => Promise<BulkOutcomes | Refusal>;
  onClose: () => void;
}) {
  const [comment, setComment] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const isSettled = useSettled("dialog");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [outcomes, setOutcomes] = useState<BulkOutcomes | null>(null);
  const answered = runs.filter(({ mayApprove }) => decision !== "approve" || mayApprove);
  const leftOut = runs.length - answered.length;
  const criticalCount = answered.filter(({ riskLevel }) => needsSecondStep(decision, riskLevel)).length;
  const alike = lookAlikes(runs, rowWords);
  const needsComment = decision === "reject" && answered.some(({ requiresRejectComment }) => requiresRejectComment);
  const { verb, busy } = DECISION_LABELS[decision];
  const count = countRuns(answered);
  const sums = sumsText(answered);

  const decide = async () => {
    if (isBusy || !isSettled || (criticalCount > 0 && !isChecked)) return;
    if (needsComment && comment.trim() === "")
      return setProblem("Add a comment. At least one of these actions requires one when you reject.");
    setIsBusy(true);
    setProblem(null);
    try {
      const result = await onDecide(answered, { comment, isConfirmed: isChecked });
      if (result instanceof Map) setOutcomes(result as BulkOutcomes);
      else setProblem((result as Refusal).detail);
    } catch {
      setProblem(`${NOT_SENT.detail} Check the list before you try again.`);
    } finally {
      setIsBusy(false);
    }
  };

  const title = outcomes === null ? `${verb} ${count} ${count === 1 ? "run" : "runs"}?` : bulkResult(decision, outcomes);
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen || isBusy ? undefined : onClose())}>
      <DialogContent
        title={title}
        description={
          outcomes === null ? (
            <>
              {bulkEffect(decision, answered)} {sums === "" ? null : <span className="text-ink tabular-nums">{sums} in total.</span>}
              {leftOut === 0 ? null : ` ${leftOut} more ${leftOut === 1 ? "is" : "are"} left out. ${leftOutReason(runs, leftOut)}`}
            </>
          ) : undefined
        }
      >
        <ul className="max-h-[42dvh] divide-y divide-line overflow-y-auto rounded-lg border border-line" tabIndex={0} aria-label="Runs">
          {answered.map((run) => (
            <BulkRow
              key={run.runId}
              run={run}
              isAlike={alike.has(run.runId)}
              outcome={outcomes?.get(run.runId) ?? null}
              decision={decision}
            />
          ))}
        </ul>
        {outcomes !== null || answered.length === 0 ? null : (
          <div className="mt-4">
            <Field label="Comment" hint="Saved in each receipt." isOptional={!needsComment} error={problem ?? undefined}>
              <TextAreaInput rows={2} maxLength={COMMENT_MAX_LENGTH} value={comment} onChange={(event) => setComment(event.target.value)} />
            </Field>
          </div>
        )}
        {outcomes !== null || criticalCount === 0 ? null : (
          <div className="mt-4">
            <CheckField
              label={`I have checked ${criticalCount === 1 ? "the critical run" : `the ${criticalCount} critical runs`}`}
              checked={isChecked}
              onChange={(event) => setIsChecked(event.target.checked)}
            />
          </div>
        )}
        {outcomes !== null ? null : (
          <div className="mt-4">
            <AnswersAs email={email} />
          </div>
        )}
        <DialogFooter>
          {outcomes === null ? (
            <>
              <DialogClose>
                <Button>Cancel</Button>
              </DialogClose>
              <Button
                variant={decision === "block" ? "danger" : decision === "approve" ? "primary" : "plain"}
                disabled={answered.length === 0 || (criticalCount > 0 && !isChecked)}
                aria-disabled={!isSettled}
                isBusy={isBusy}
                busyLabel={busy}
                onClick={() => void decide()}
              >
                {verb} {count}
              </Button>
            </>
          ) : (
            <DialogClose>
              <Button variant="primary">Back to the queue</Button>
            </DialogClose>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** Why some can't be approved: by this person, or by anyone until it's thawed. */
function leftOutReason(runs: readonly WaitingRun[], leftOut: number): string {
  const frozen = runs.filter(({ isFrozen }) => isFrozen).length;
  if (frozen === leftOut) return `${leftOut === 1 ? "It is" : "They are"} frozen, so nobody can approve until it’s thawed.`;
  if (frozen > 0) return "They are frozen, or were proposed with a key you created.";
  return `${leftOut === 1 ? "It was" : "They were"} proposed with a key you created, so someone else must approve.`;
}

function BulkRow({
  run,
  isAlike,
  outcome,
  decision,
}: {
  run: WaitingRun;
  /** Another row has the same text. */
  isAlike: boolean;
  outcome: BulkOutcome | null;
  decision: Decision;
}) {
  return (
    <li className="grid gap-0.5 px-3 py-2">
      <span className="flex items-baseline gap-3">
        <span className="min-w-0 flex-1 wrap-anywhere">
          <strong className="font-semibold">{run.actionTitle}</strong>
          {run.recipient === null || run.line.includes(run.recipient) ? null : (
            <span className="text-muted">
              {" "}
              to <VisibleText text={run.recipient} />
            </span>
          )}
        </span>
        {run.amount === null ? null : (
          <strong className="max-w-1/2 flex-none text-right font-semibold tabular-nums">
            <Money amount={run.amount} />
          </strong>
        )}
      </span>
      <span className="wrap-anywhere">
        <VisibleText text={run.line} />
      </span>
      {outcome === null ? (
        <span className="flex items-center gap-3 text-xs text-muted">
          <RiskMark level={run.riskLevel} isShort />
          <span className="min-w-0 truncate">{run.workspaceName}</span>
          {isAlike ? <ShortId id={run.runId} /> : null}
          {run.identicalIds.length === 0 ? null : <Tag>{run.identicalIds.length + 1} identical</Tag>}
        </span>
      ) : (
        <span className={`flex items-start gap-1.5 text-xs ${outcome.ok ? "text-ok" : "text-wait"}`}>
          {outcome.ok ? (
            <CircleCheck className="mt-px size-3.5 flex-none" aria-hidden="true" />
          ) : (
            <TriangleAlert className="mt-px size-3.5 flex-none" aria-hidden="true" />
          )}
          <span>{outcome.ok ? outcomeText(decision, outcome) : refusalMessage(outcome)}</span>
        </span>
      )}
      {outcome !== null
        ? null
        : run.warnings.slice(0, 2).map((warning) => (
            <span className="flex items-start gap-1.5 text-xs text-wait" key={warning}>
              <TriangleAlert className="mt-px size-3.5 flex-none" strokeWidth={2} aria-hidden="true" />
              {warning}
            </span>
          ))}
    </li>
  );
}
