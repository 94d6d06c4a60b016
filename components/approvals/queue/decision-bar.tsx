"use client";

import { Ban, Check, Repeat, WifiOff, X } from "lucide-react";
import { type RefObject, useId } from "react";
import { AnswersAs } from "@/components/approvals/answers-as";
import { COMMENT_MISSING, DECISION_LABELS, NOT_SENT, REJECT_OR_BLOCK } from "@/components/approvals/decision-labels";
import { FrozenNotice } from "@/components/approvals/frozen-notice";
import { SelfApprovalNotice } from "@/components/approvals/self-approval-notice";
import { Button } from "@/components/ui/button";
import { CheckBox } from "@/components/ui/check-box";
import { INPUT_STYLE } from "@/components/ui/input-style";
import { Notice } from "@/components/ui/notice";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import type { Decision } from "@/lib/domain/runs/statuses";
import type { ShownCard } from "./shown-card";

const ICONS = { approve: <Check />, reject: <X />, block: <Ban /> } as const;
const KEYS = { approve: "A", reject: "R", block: "B" } as const;
const VARIANTS = { approve: "primary", reject: "plain", block: "danger" } as const;
const ANSWERS = ["approve", "reject", "block"] as const;

/** Targets of the keyboard shortcuts. */
export type AnswerButtons = Partial<Record<Decision, HTMLButtonElement | null>>;

/**
 * The comment and the three decisions, fixed at the bottom of the card. `armed` is the decision whose key was pressed; Enter confirms it.
 */
export function DecisionBar({
  commentRef,
  buttonsRef,
  comment,
  email,
  shown: { frozen, mayApprove, isApprovable, requiresRejectComment, confirmation, identicalIds, grant },
  isTogether,
  onTogether,
  isMissingComment,
  isUnsent,
  isLocked,
  armed,
  onComment,
  onDisarm,
  onDecide,
  onGrant,
}: {
  commentRef: RefObject<HTMLTextAreaElement | null>;
  buttonsRef: RefObject<AnswerButtons>;
  comment: string;
  /** The reader's email address, in whose name the decision is made. */
  email: string;
  shown: ShownCard;
  /** Whether identical requests are decided together. */
  isTogether: boolean;
  onTogether: (isTogether: boolean) => void;
  isMissingComment: boolean;
  /** The last decision could not be sent. */
  isUnsent: boolean;
  /** The buttons are disabled: the shown card is stale or still loading, or just appeared, so no one can have read it yet. */
  isLocked: boolean;
  armed: Decision | null;
  onComment: (comment: string) => void;
  onDisarm: () => void;
  onDecide: (decision: Decision) => void;
  /** Opens what approves the same in advance. */
  onGrant: () => void;
}) {
  const commentId = useId();
  const identicalCount = identicalIds.length + 1;
  const placeholder = requiresRejectComment ? "Comment (required to reject, saved in the receipt)" : "Comment (saved in the receipt)";
  return (
    <section
      className="z-10 flex-none border-t border-line-strong bg-raised px-8 py-3 max-xl:px-5 max-md:sticky max-md:bottom-0 max-md:px-4 max-md:shadow-pop"
      aria-label="Your decision"
      data-foot-bar
    >
      <div className="mx-auto grid max-w-[800px] gap-2">
        {frozen ? (
          <FrozenNotice frozen={frozen} size="md" />
        ) : mayApprove ? null : (
          <SelfApprovalNotice size="md" isApprovable={isApprovable} />
        )}
        {isUnsent ? (
          <Notice tone="stop" icon={WifiOff} role="alert" title={NOT_SENT.title}>
            {NOT_SENT.detail}
          </Notice>
        ) : null}
        <div className="flex items-start gap-3 max-xl:grid max-xl:gap-2">
          <div className="min-w-0 flex-1">
            <label className="sr-only" htmlFor={commentId}>
              {placeholder}
            </label>
            <textarea
              className={`${INPUT_STYLE} block field-sizing-content max-h-40 min-h-10 resize-none py-[9px] max-md:min-h-11`}
              id={commentId}
              ref={commentRef}
              rows={1}
              maxLength={COMMENT_MAX_LENGTH}
              placeholder={placeholder}
              value={comment}
              aria-invalid={isMissingComment}
              aria-describedby={isMissingComment ? `${commentId}-message` : undefined}
              aria-keyshortcuts="C"
              onChange={(event) => onComment(event.target.value)}
              onBlur={onDisarm}
            />
            {isMissingComment ? (
              <p className="mt-1 text-xs text-stop" id={`${commentId}-message`} role="alert">
                {COMMENT_MISSING}
              </p>
            ) : null}
          </div>
          <div className={`grid gap-2 ${mayApprove ? "grid-cols-[1.4fr_1fr_1fr]" : "grid-cols-2"}`}>
            {ANSWERS.map((decision) =>
              decision === "approve" && !mayApprove ? null : (
                <Button
                  className="!h-10 max-md:!h-12"
                  key={decision}
                  ref={(button: HTMLButtonElement | null) => {
                    buttonsRef.current[decision] = button;
                  }}
                  variant={VARIANTS[decision]}
                  icon={ICONS[decision]}
                  kbd={armed === decision ? (decision === "reject" && comment !== "" ? "Ctrl ↵" : "↵") : KEYS[decision]}
                  aria-disabled={isLocked}
                  aria-keyshortcuts={KEYS[decision]}
                  onBlur={onDisarm}
                  onClick={() => {
                    if (!isLocked) onDecide(decision);
                  }}
                >
                  {DECISION_LABELS[decision].verb}
                  {identicalCount > 1 && isTogether ? ` ${identicalCount}` : ""}
                  {decision === "approve" && confirmation !== null ? "…" : ""}
                </Button>
              ),
            )}
          </div>
        </div>
        {identicalCount > 1 ? (
          <label className="flex w-fit cursor-pointer items-center gap-2 text-sm max-md:min-h-11">
            <CheckBox checked={isTogether} onChange={(event) => onTogether(event.target.checked)} />
            Decide all {identicalCount} identical requests
          </label>
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <AnswersAs email={email} size="xs" />
          {grant === null ? null : (
            <Button variant="ghost" size="sm" icon={<Repeat />} aria-disabled={isLocked} onClick={() => (isLocked ? undefined : onGrant())}>
              Approve this, and the same until…
            </Button>
          )}
        </div>
        <p className="text-xs text-subtle max-md:hidden">{REJECT_OR_BLOCK}</p>
      </div>
    </section>
  );
}
