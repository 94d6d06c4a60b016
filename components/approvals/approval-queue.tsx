"use client";

import { useEffect, useEffectEvent, useRef, useState, useTransition, type ReactNode } from "react";
import { useRouter } from "next/navigation";
import { BulkDialog, type BulkOutcomes } from "@/components/approvals/bulk-dialog";
import { DecisionBar, type AnswerButtons } from "@/components/approvals/decision-bar";
import { DECISION_WORDS } from "@/components/approvals/decision-words";
import type { QueueCommand } from "@/components/approvals/queue-keys";
import { QueueList } from "@/components/approvals/queue-list";
import { queuePath } from "@/components/approvals/queue-path";
import { isStillWaiting, refusalWords } from "@/components/approvals/refusal-words";
import { useQueueKeys } from "@/components/approvals/use-queue-keys";
import { useShownQueue } from "@/components/approvals/use-shown-queue";
import { useToast } from "@/components/ui/toast";
import { submitDecision, submitDecisions } from "@/lib/approvals/server-actions";
import type { WaitingQueue, WaitingRun } from "@/lib/approvals/waiting-run";
import type { Refusal } from "@/lib/domain/refusal";
import type { Decision } from "@/lib/domain/statuses";

/** The run whose card is shown, and what its answers ask for. */
export interface ShownCard {
  readonly runId: string;
  readonly title: string;
  readonly isWaiting: boolean;
  readonly mayApprove: boolean;
  /** Whether anybody could approve it. */
  readonly isApprovable: boolean;
  readonly requiresRejectComment: boolean;
}

interface ApprovalQueueProps {
  queue: WaitingQueue;
  workspaceId: string | null;
  /** How many rows were asked for. */
  limit: number;
  /** When the server read this. */
  now: number;
  shown: ShownCard | null;
  /** Whether the address names the run: on a phone, the card is then the screen. */
  isRunInAddress: boolean;
  card: ReactNode;
}

const UNREACHED =
  "The console could not be reached, so it is not known whether this was recorded. As long as the run waits here, nothing is decided.";
const WIDE = "(min-width: 860px)";

/** List, card and answers. The address says which run is open; what is decided leaves at once, and comes back if it was not to be. */
export function ApprovalQueue({ queue, workspaceId, limit, now, shown, isRunInAddress, card }: ApprovalQueueProps) {
  const router = useRouter();
  const toast = useToast();
  const [isMoving, startMoving] = useTransition();
  const [wantedId, setWantedId] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [comments, setComments] = useState<ReadonlyMap<string, string>>(new Map());
  const [missingCommentOf, setMissingCommentOf] = useState<string | null>(null);
  const [armed, setArmed] = useState<Decision | null>(null);
  const [bulk, setBulk] = useState<{ decision: Decision; runs: readonly WaitingRun[] } | null>(null);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const commentRef = useRef<HTMLTextAreaElement>(null);
  const buttonsRef = useRef<AnswerButtons>({});
  const list = useShownQueue(queue.runs, queue.runs.length === limit);

  const cardId = shown?.runId ?? null;
  const openId = isMoving && wantedId !== null ? wantedId : cardId;
  const place = list.rows.findIndex(({ runId }) => runId === openId);
  const isCardBusy =
    isMoving || shown === null || !shown.isWaiting || list.rows.some((run) => run.runId === cardId && list.stateOf(run) !== "waiting");
  const selectedRuns = list.rows.filter((run) => selected.has(run.runId) && list.stateOf(run) === "waiting");
  const comment = cardId === null ? "" : (comments.get(cardId) ?? "");

  // The first card stays the reader's, whatever comes above it.
  const keepFirstCard = useEffectEvent(() => {
    if (!isRunInAddress && cardId !== null && matchMedia(WIDE).matches)
      window.history.replaceState(null, "", queuePath({ workspaceId, show: limit === 100 ? null : limit, runId: cardId }));
  });
  useEffect(() => keepFirstCard(), [cardId]);

  // On a phone, each of the two screens begins at its top.
  useEffect(() => {
    if (!matchMedia(WIDE).matches) window.scrollTo(0, 0);
  }, [isRunInAddress]);

  const open = (runId: string | null, { isStep = false } = {}) => {
    list.tidy(runId);
    setWantedId(runId);
    setArmed(null);
    setMissingCommentOf(null);
    const path = queuePath({ workspaceId, show: limit === 100 ? null : limit, runId });
    startMoving(() => (isStep ? router.replace(path, { scroll: false }) : router.push(path, { scroll: !matchMedia(WIDE).matches })));
    if (isStep && runId !== null) focusRow(runId);
  };

  const step = (by: 1 | -1) => {
    const next = place === -1 ? list.rows[0] : list.rows[place + by];
    if (next) open(next.runId, { isStep: true });
  };

  const toggle = (runId: string) =>
    setSelected((before) => {
      const after = new Set(before);
      if (!after.delete(runId)) after.add(runId);
      return after;
    });

  const arm = (decision: Decision) => {
    if (shown === null || isCardBusy) return;
    if (decision === "approve" && !shown.mayApprove)
      return toast.show({
        title: shown.isApprovable ? "Somebody else must approve this." : "Nobody can approve this.",
        children: "You made the key that proposed it.",
      });
    if (decision === "reject" && isCommentMissing(decision)) return;
    setArmed(decision);
    buttonsRef.current[decision]?.focus();
  };

  const isCommentMissing = (decision: Decision): boolean => {
    const isMissing = decision === "reject" && shown?.requiresRejectComment === true && comment.trim() === "";
    if (isMissing) {
      setMissingCommentOf(cardId);
      commentRef.current?.focus();
    }
    return isMissing;
  };

  const decide = async (decision: Decision) => {
    if (shown === null || isCardBusy || isCommentMissing(decision)) return;
    const { runId, title } = shown;
    const isNext = (run: WaitingRun) => run.runId !== runId && list.stateOf(run) === "waiting";
    const after = list.rows.slice(place + 1).find(isNext) ?? list.rows.slice(0, Math.max(place, 0)).findLast(isNext);
    list.begin([runId], decision);
    setSelected((before) => new Set([...before].filter((id) => id !== runId)));
    open(matchMedia(WIDE).matches ? (after?.runId ?? null) : null, { isStep: true });
    const outcome = await submitDecision({ runId, decision, comment }).catch(
      (): Refusal => ({ ok: false, code: "internal_error", detail: UNREACHED }),
    );
    list.end([runId], outcome.ok || !isStillWaiting(outcome) ? [runId] : []);
    if (outcome.ok) toast.show({ tone: "ok", title: `${DECISION_WORDS[decision].done}: ${title}` });
    else
      toast.show({
        tone: isStillWaiting(outcome) ? "stop" : "no",
        title: outcome.code === "already_decided" ? refusalWords(outcome) : `Not ${DECISION_WORDS[decision].done.toLowerCase()}: ${title}`,
        children: outcome.code === "already_decided" ? `${title}: your answer was not recorded.` : outcome.detail,
      });
    router.refresh();
  };

  const decideAll = async (runs: readonly WaitingRun[], decision: Decision, bulkComment: string): Promise<BulkOutcomes | Refusal> => {
    const runIds = runs.map(({ runId }) => runId);
    list.begin(runIds, decision);
    let leaving: string[] = [];
    try {
      const result = await submitDecisions({ runIds, decision, comment: bulkComment });
      if (!result.ok) return result;
      leaving = result.outcomes.filter((outcome) => outcome.ok || !isStillWaiting(outcome)).map(({ runId }) => runId);
      return new Map(result.outcomes.map((outcome) => [outcome.runId, outcome]));
    } finally {
      list.end(runIds, leaving);
      setSelected((before) => new Set([...before].filter((id) => !leaving.includes(id))));
      if (cardId !== null && leaving.includes(cardId))
        open(list.rows.find(({ runId }) => !leaving.includes(runId))?.runId ?? null, { isStep: true });
      router.refresh();
    }
  };

  useQueueKeys((command: QueueCommand) => {
    switch (command) {
      case "next":
        return step(1);
      case "previous":
        return step(-1);
      case "approve":
      case "reject":
      case "block":
        return arm(command);
      case "select":
        return openId === null ? undefined : toggle(openId);
      case "help":
        return setIsHelpOpen(true);
      case "leave-field":
        return document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined;
      case "clear":
        if (armed !== null) return buttonsRef.current[armed]?.blur();
        if (selected.size > 0) return setSelected(new Set());
        return isRunInAddress && !matchMedia(WIDE).matches ? open(null) : undefined;
    }
  });

  return (
    <div
      data-columns
      className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] md:h-[calc(100dvh-48px)] md:flex-none md:grid-cols-[344px_minmax(0,1fr)] lg:grid-cols-[360px_minmax(0,1fr)]"
    >
      <QueueList
        className={isRunInAddress ? "max-md:hidden" : ""}
        queue={queue}
        list={list}
        limit={limit}
        workspaceId={workspaceId}
        now={now}
        openId={openId}
        selected={selected}
        selectedRuns={selectedRuns}
        isHelpOpen={isHelpOpen}
        onHelpOpenChange={setIsHelpOpen}
        onOpen={(runId) => open(runId)}
        onSelect={toggle}
        onSelectAll={(runIds) => setSelected(new Set(runIds))}
        onDecide={(decision) => setBulk({ decision, runs: selectedRuns })}
      />
      <article
        className={`relative flex min-h-0 min-w-0 flex-col bg-surface ${isRunInAddress ? "" : "max-md:hidden"}`}
        aria-busy={isMoving}
        aria-labelledby={shown === null ? undefined : "wanted"}
      >
        <div className={`relative flex-1 transition-opacity md:overflow-y-auto ${isMoving ? "opacity-60" : ""}`} key={cardId} tabIndex={-1}>
          {card}
        </div>
        {shown?.isWaiting ? (
          <DecisionBar
            commentRef={commentRef}
            buttonsRef={buttonsRef}
            comment={comment}
            mayApprove={shown.mayApprove}
            isApprovable={shown.isApprovable}
            requiresRejectComment={shown.requiresRejectComment}
            isMissingComment={missingCommentOf === cardId}
            isBusy={isCardBusy}
            armed={armed}
            onComment={(text) => {
              setMissingCommentOf(null);
              setComments((before) => new Map(before).set(shown.runId, text));
            }}
            onDisarm={() => setArmed(null)}
            onDecide={(decision) => void decide(decision)}
          />
        ) : null}
      </article>
      {bulk === null ? null : (
        <BulkDialog
          decision={bulk.decision}
          runs={bulk.runs}
          onDecide={(runs, bulkComment) => decideAll(runs, bulk.decision, bulkComment)}
          onClose={() => setBulk(null)}
        />
      )}
    </div>
  );
}

/** So that the keys and a screen reader are where the eyes are. */
function focusRow(runId: string): void {
  const row = document.querySelector<HTMLElement>(`[data-run="${CSS.escape(runId)}"]`);
  row?.focus({ preventScroll: true });
  row?.closest("li")?.scrollIntoView({ block: "nearest" });
}
