"use client";

import { type ReactNode, useRef, useState } from "react";
import { queuePath } from "@/components/approvals/queue-path";
import { GrantDialog } from "@/components/grants/grant-dialog";
import { useToast } from "@/components/ui/toast";
import type { WaitingQueue, WaitingRun } from "@/lib/approvals/waiting-run";
import type { QueueSearch } from "@/lib/domain/runs/queue-order";
import type { Decision } from "@/lib/domain/runs/statuses";
import { AnsweredBar } from "./answered-bar";
import { BulkDialog } from "./bulk-dialog";
import { ConfirmCritical } from "./confirm-critical";
import { type AnswerButtons, DecisionBar } from "./decision-bar";
import type { QueueCommand } from "./queue-keys";
import { QueueList } from "./queue-list";
import { approvalBarrier } from "./refusal-messages";
import type { ShownCard } from "./shown-card";
import { useDecisions } from "./use-decisions";
import { useOpenRun, WIDE } from "./use-open-run";
import { useQueueKeys } from "./use-queue-keys";
import { useSelection } from "./use-selection";
import { useSettled } from "./use-settled";
import { useShownQueue } from "./use-shown-queue";
import { useTypedComments } from "./use-typed-comments";

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
  const comments = useTypedComments(email);
  const [missingCommentOf, setMissingCommentOf] = useState<string | null>(null);
  const [armed, setArmed] = useState<Decision | null>(null);
  const [grantingId, setGrantingId] = useState<string | null>(null);
  const [confirmingId, setConfirmingId] = useState<string | null>(null);
  const [bulk, setBulk] = useState<{ decision: Decision; runs: readonly WaitingRun[] } | null>(null);
  const [singleId, setSingleId] = useState<string | null>(null);
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const commentRef = useRef<HTMLTextAreaElement>(null);
  const buttonsRef = useRef<AnswerButtons>({});
  const searchRef = useRef<HTMLInputElement>(null);
  const list = useShownQueue(queue.runs, { search, isCutShort: queue.runs.length === limit });
  const selection = useSelection(list);
  const cardId = shown?.runId ?? null;
  const pathOf = (runId: string | null) => queuePath({ ...search, show: limit === 100 ? null : limit, runId });
  const { isMoving, openId, openIdRef, open: openRun } = useOpenRun({ cardId, isRunInAddress, pathOf });
  const place = list.rows.findIndex(({ runId }) => runId === openId);
  const isSettled = useSettled(cardId);
  const isCardBusy =
    isMoving || shown === null || !shown.isWaiting || list.rows.some((run) => run.runId === cardId && list.stateOf(run) !== "waiting");
  // Belongs to the requested run, so that no comment is sent with the previous one.
  const comment = comments.of(openId);

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
    selection.drop(runIds);
    comments.drop(runIds);
    if (openIdRef.current === null || !runIds.includes(openIdRef.current)) return false;
    // Input after this point belongs to another run.
    if (document.activeElement === commentRef.current) commentRef.current?.blur();
    const isNext = (run: WaitingRun) => !runIds.includes(run.runId) && list.stateOf(run) === "waiting";
    const next = list.rows.slice(place + 1).find(isNext) ?? list.rows.slice(0, Math.max(place, 0)).findLast(isNext);
    open(matchMedia(WIDE).matches ? (next?.runId ?? null) : null, { isStep: true });
    return true;
  };
  const { decide, grant, decideAll, decideIdentical, unsentId } = useDecisions(list, leave);

  const step = (by: 1 | -1) => {
    const next = place === -1 ? list.rows[0] : list.rows[place + by];
    if (next) open(next.runId, { isStep: true });
  };

  /** The selected runs, listed before they are decided. */
  const review = (decision: Decision) => {
    if (selection.runs.length > 0) return setBulk({ decision, runs: selection.runs });
    toast.show({ title: "Nothing selected", children: "Press X to select the open run, or Shift X to select all." });
  };

  const arm = (decision: Decision) => {
    if (shown === null || isCardBusy) return;
    if (decision === "approve" && !shown.mayApprove) return toast.show(approvalBarrier(shown));
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

  const commands: Readonly<Record<QueueCommand, () => void>> = {
    next: () => step(1),
    previous: () => step(-1),
    approve: () => arm("approve"),
    reject: () => arm("reject"),
    block: () => arm("block"),
    search: () => searchRef.current?.focus(),
    comment: () => commentRef.current?.focus(),
    press: () => armed !== null && answer(armed),
    send: () =>
      armed === null
        ? toast.show({ title: "Choose your decision", children: "Press Esc, then A to approve, R to reject or B to block." })
        : answer(armed),
    // A held R has already moved the focus to the comment, and must not disarm.
    dead: () => document.activeElement !== commentRef.current && disarm(),
    select: () => openId !== null && selection.toggle(openId),
    "select-all": selection.toggleAll,
    "approve-selected": () => review("approve"),
    "reject-selected": () => review("reject"),
    "block-selected": () => review("block"),
    help: () => setIsHelpOpen(true),
    "leave-field": () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
    clear: () => {
      if (armed !== null) return disarm();
      if (selection.ids.size > 0) return selection.set([]);
      if (isRunInAddress && !matchMedia(WIDE).matches) open(null);
    },
  };
  useQueueKeys({
    armed,
    isCommentEmpty: comment === "",
    isAnswer: (element) => Object.values(buttonsRef.current).some((button) => button === element),
    isComment: (element) => element === commentRef.current,
    onCommand: (command) => commands[command](),
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
        selection={selection}
        isHelpOpen={isHelpOpen}
        onHelpOpenChange={setIsHelpOpen}
        onOpen={(runId) => open(runId)}
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
            shown={shown}
            isTogether={singleId !== shown.runId}
            onTogether={(isTogether) => setSingleId(isTogether ? null : shown.runId)}
            isMissingComment={missingCommentOf === cardId}
            isUnsent={unsentId === cardId}
            isLocked={isCardBusy || !isSettled}
            armed={armed}
            onComment={(text) => {
              setMissingCommentOf(null);
              if (openId !== null) comments.type(openId, text);
            }}
            onDisarm={() => setArmed(null)}
            onDecide={answer}
            onGrant={() => setGrantingId(cardId)}
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
      {shown?.grant && grantingId === cardId ? (
        <GrantDialog
          {...shown.grant}
          now={now}
          onApprove={async (typed) => {
            const refused = await grant(shown, { comment, grant: typed });
            if (refused === null) setGrantingId(null);
            return refused;
          }}
          onClose={() => setGrantingId(null)}
        />
      ) : null}
      {bulk === null ? null : (
        <BulkDialog
          {...bulk}
          email={email}
          onDecide={(runs, answer) => decideAll(runs, { decision: bulk.decision, ...answer })}
          onClose={() => setBulk(null)}
        />
      )}
    </div>
  );
}
