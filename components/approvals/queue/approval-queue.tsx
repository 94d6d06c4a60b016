"use client";

import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { queuePath } from "@/components/approvals/queue-path";
import { useToast } from "@/components/ui/toast";
import { MAX_AT_ONCE, type QueueSearch } from "@/lib/approvals/schema";
import type { OpenWaitingRun, WaitingQueue, WaitingRun } from "@/lib/approvals/waiting-run";
import type { Decision } from "@/lib/domain/runs/statuses";
import { AnsweredBar } from "./answered-bar";
import { BulkDialog } from "./bulk-dialog";
import { type Confirmation, ConfirmCritical } from "./confirm-critical";
import { type AnswerButtons, DecisionBar } from "./decision-bar";
import type { QueueCommand } from "./queue-keys";
import { QueueList } from "./queue-list";
import { useDecisions } from "./use-decisions";
import { useOpenRun, WIDE } from "./use-open-run";
import { useQueueKeys } from "./use-queue-keys";
import { useSettled } from "./use-settled";
import { useShownQueue } from "./use-shown-queue";

/** The run whose card is shown, and what its decisions require. */
export interface ShownCard {
  readonly runId: string;
  readonly title: string;
  readonly isWaiting: boolean;
  /** Why the reader can't decide it now, though it is pending. */
  readonly closed: OpenWaitingRun["closed"];
  /** null: the reader is no member of its workspace, and can't open its pages. */
  readonly workspacePath: string | null;
  /** What is frozen and why, so that it can't be approved now. */
  readonly frozen: { readonly what: string; readonly reason: string } | null;
  readonly mayApprove: boolean;
  /** Whether anyone could approve it. */
  readonly isApprovable: boolean;
  readonly requiresRejectComment: boolean;
  /** The other pending requests for the same thing. */
  readonly identicalIds: readonly string[];
  /** What an approval asks for confirmation; null: no second step. */
  readonly confirmation: Confirmation | null;
}

interface ApprovalQueueProps {
  queue: WaitingQueue;
  search: QueueSearch;
  /** Requested number of rows. */
  limit: number;
  /** When the server read the data. */
  now: number;
  shown: ShownCard | null;
  /** The reader's email address. */
  email: string;
  /** Whether the URL names the run. On phones, its card then replaces the list. */
  isRunInAddress: boolean;
  card: ReactNode;
}

/** List, card and decision bar. The URL names the open run; a decided one leaves the list, and the next one opens. */
export function ApprovalQueue({ queue, search, limit, now, shown, email, isRunInAddress, card }: ApprovalQueueProps) {
  const toast = useToast();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [comments, setComments] = useState<ReadonlyMap<string, string>>(new Map());
  const [missingCommentOf, setMissingCommentOf] = useState<string | null>(null);
  const [armed, setArmed] = useState<Decision | null>(null);
  const [confirmingId, setConfirmingId] = useState<string | null>(null);
  const [bulk, setBulk] = useState<{ decision: Decision; runs: readonly WaitingRun[] } | null>(null);
  const [singleId, setSingleId] = useState<string | null>(null);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const commentRef = useRef<HTMLTextAreaElement>(null);
  const buttonsRef = useRef<AnswerButtons>({});
  const searchRef = useRef<HTMLInputElement>(null);
  const list = useShownQueue(queue.runs, { search, isCutShort: queue.runs.length === limit });

  const cardId = shown?.runId ?? null;
  const pathOf = (runId: string | null) => queuePath({ ...search, show: limit === 100 ? null : limit, runId });
  const { isMoving, openId, openIdRef, open: openRun } = useOpenRun({ cardId, pathOf });
  const place = list.rows.findIndex(({ runId }) => runId === openId);
  const isSettled = useSettled(cardId);
  const isCardBusy =
    isMoving || shown === null || !shown.isWaiting || list.rows.some((run) => run.runId === cardId && list.stateOf(run) !== "waiting");
  const selectable = list.rows.filter((run) => list.stateOf(run) === "waiting").slice(0, MAX_AT_ONCE);
  const selectedRuns = list.rows.filter((run) => selected.has(run.runId) && list.stateOf(run) === "waiting");
  // Belongs to the requested run, so that no comment is sent with the previous one.
  const comment = openId === null ? "" : (comments.get(openId) ?? "");

  // Keeps the first card open when others are added above it.
  const keepFirstCard = useEffectEvent(() => {
    if (!isRunInAddress && cardId !== null && matchMedia(WIDE).matches) window.history.replaceState(null, "", pathOf(cardId));
  });
  useEffect(() => keepFirstCard(), [cardId]);

  // On phones, list and card each start at the top.
  useEffect(() => {
    if (!matchMedia(WIDE).matches) window.scrollTo(0, 0);
  }, [isRunInAddress]);

  const open = (runId: string | null, { isStep = false } = {}) => {
    const onOpen = () => {
      list.tidy(runId);
      setArmed(null);
      setMissingCommentOf(null);
    };
    void openRun(runId, { isStep, onOpen });
  };

  /** Returns whether it opens another page. */
  const leave = (runIds: readonly string[]): boolean => {
    setSelected((before) => new Set([...before].filter((id) => !runIds.includes(id))));
    setComments((before) => new Map([...before].filter(([id]) => !runIds.includes(id))));
    if (openIdRef.current === null || !runIds.includes(openIdRef.current)) return false;
    // Input after this point belongs to another run.
    if (document.activeElement === commentRef.current) commentRef.current?.blur();
    const isNext = (run: WaitingRun) => !runIds.includes(run.runId) && list.stateOf(run) === "waiting";
    const next = list.rows.slice(place + 1).find(isNext) ?? list.rows.slice(0, Math.max(place, 0)).findLast(isNext);
    open(matchMedia(WIDE).matches ? (next?.runId ?? null) : null, { isStep: true });
    return true;
  };
  const { decide, decideAll, decideIdentical, unsentId } = useDecisions(list, leave);

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

  /** The selected runs, listed before they are decided. */
  const review = (decision: Decision) => {
    if (selectedRuns.length > 0) return setBulk({ decision, runs: selectedRuns });
    toast.show({ title: "Nothing selected", children: "Press X to select the open run, or Shift X to select all." });
  };

  const arm = (decision: Decision) => {
    if (shown === null || isCardBusy) return;
    if (decision === "approve" && !shown.mayApprove)
      return toast.show({
        title: shown.frozen
          ? `${shown.frozen.what} is frozen`
          : shown.isApprovable
            ? "Someone else must approve this"
            : "Nobody can approve this",
        children: shown.frozen ? "Nothing can be approved until it’s thawed." : "It was proposed with a key you created.",
      });
    // After R, people usually type a comment, so further keys stay text.
    if (decision === "reject") commentRef.current?.focus();
    else buttonsRef.current[decision]?.focus();
    // Last, because losing the focus disarms.
    setArmed(decision);
  };

  const disarm = () => {
    setArmed(null);
    if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
  };

  const answer = (decision: Decision, { isConfirmed = false } = {}) => {
    if (shown === null || isCardBusy || !isSettled) return;
    if (decision === "reject" && shown.requiresRejectComment && comment.trim() === "") {
      setMissingCommentOf(cardId);
      return commentRef.current?.focus();
    }
    if (decision === "approve" && shown.confirmation !== null && !isConfirmed) return setConfirmingId(cardId);
    setArmed(null);
    const isTogether = shown.identicalIds.length > 0 && singleId !== shown.runId;
    void (isTogether ? decideIdentical : decide)(shown, { decision, comment, isConfirmed });
  };

  const onCommand = (command: QueueCommand) => {
    switch (command) {
      case "next":
        return step(1);
      case "previous":
        return step(-1);
      case "approve":
      case "reject":
      case "block":
        return arm(command);
      case "search":
        return searchRef.current?.focus();
      case "comment":
        return commentRef.current?.focus();
      case "press":
        return armed === null ? undefined : answer(armed);
      case "send":
        return armed === null
          ? toast.show({ title: "Choose your decision", children: "Press Esc, then A to approve, R to reject or B to block." })
          : answer(armed);
      case "dead":
        // A held R has already moved the focus to the comment, and must not disarm.
        return document.activeElement === commentRef.current ? undefined : disarm();
      case "select":
        return openId === null ? undefined : toggle(openId);
      case "select-all":
        return setSelected(new Set(selectedRuns.length === selectable.length ? [] : selectable.map(({ runId }) => runId)));
      case "approve-selected":
        return review("approve");
      case "reject-selected":
        return review("reject");
      case "block-selected":
        return review("block");
      case "help":
        return setIsHelpOpen(true);
      case "leave-field":
        return document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined;
      case "clear":
        if (armed !== null) return disarm();
        if (selected.size > 0) return setSelected(new Set());
        return isRunInAddress && !matchMedia(WIDE).matches ? open(null) : undefined;
    }
  };
  useQueueKeys({
    armed,
    isCommentEmpty: comment === "",
    isAnswer: (element) => Object.values(buttonsRef.current).some((button) => button === element),
    isComment: (element) => element === commentRef.current,
    onCommand,
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
        search={search}
        searchRef={searchRef}
        now={now}
        openId={openId}
        selected={selected}
        selectedRuns={selectedRuns}
        isHelpOpen={isHelpOpen}
        onHelpOpenChange={setIsHelpOpen}
        onOpen={(runId) => open(runId)}
        onSelect={toggle}
        onSelectAll={(runIds) => setSelected(new Set(runIds))}
        onDecide={review}
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
            email={email}
            frozen={shown.frozen}
            mayApprove={shown.mayApprove}
            isApprovable={shown.isApprovable}
            requiresRejectComment={shown.requiresRejectComment}
            confirmsApproval={shown.confirmation !== null}
            identical={
              shown.identicalIds.length === 0
                ? null
                : {
                    count: shown.identicalIds.length + 1,
                    isTogether: singleId !== shown.runId,
                    onTogether: (isTogether) => setSingleId(isTogether ? null : shown.runId),
                  }
            }
            isMissingComment={missingCommentOf === cardId}
            isUnsent={unsentId === cardId}
            isLocked={isCardBusy || !isSettled}
            armed={armed}
            onComment={(text) => {
              setMissingCommentOf(null);
              if (openId !== null) setComments((before) => new Map(before).set(openId, text));
            }}
            onDisarm={() => setArmed(null)}
            onDecide={answer}
          />
        ) : shown?.closed ? (
          <AnsweredBar runId={shown.runId} {...shown.closed} />
        ) : null}
      </article>
      {shown?.confirmation && confirmingId === cardId ? (
        <ConfirmCritical
          confirmation={shown.confirmation}
          comment={comment}
          onApprove={() => {
            setConfirmingId(null);
            answer("approve", { isConfirmed: true });
          }}
          onClose={() => setConfirmingId(null)}
        />
      ) : null}
      {bulk === null ? null : (
        <BulkDialog
          decision={bulk.decision}
          runs={bulk.runs}
          email={email}
          onDecide={(runs, answer) => decideAll(runs, { decision: bulk.decision, ...answer })}
          onClose={() => setBulk(null)}
        />
      )}
    </div>
  );
}
