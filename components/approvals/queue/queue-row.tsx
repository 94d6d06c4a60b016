"use client";

import { EyeOff, TriangleAlert } from "lucide-react";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { VisibleText } from "@/components/action-runs/visible-text";
import { CheckBox } from "@/components/ui/check-box";
import { ShortId } from "@/components/ui/short-id";
import { Tag } from "@/components/ui/tag";
import type { WaitingRun } from "@/lib/approvals/waiting-run";
import { moneyText } from "@/lib/domain/policy/money-text";
import type { Decision } from "@/lib/domain/runs/statuses";
import { isUnseen } from "@/lib/domain/runs/unseen";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import { isLastHour, timeLeft } from "@/lib/domain/time/time-left";
import { inConsole } from "@/lib/net/base-path";

export type RowState = "waiting" | "gone" | Decision;

const STATE_LABELS = { gone: "No longer pending", approve: "Approving", reject: "Rejecting", block: "Blocking" } as const;

/** Shorter than "less than a minute", which is too long for the end of a line. */
const shortly = (left: string) => (left === "less than a minute" ? "under 1 min" : left);

/** A run in the list. */
export function rowWords({ actionTitle, amount, line, workspaceName }: WaitingRun): string {
  return [line, amount === null ? "" : moneyText(amount), actionTitle, workspaceName].join(" ");
}

/** Amount and time first, then the action, then the risk. */
export function QueueRow({
  run,
  href,
  now,
  state,
  isOpen,
  isSelected,
  isAlike,
  showsWorkspace,
  onOpen,
  onSelect,
}: {
  run: WaitingRun;
  href: string;
  now: Date;
  state: RowState;
  isOpen: boolean;
  isSelected: boolean;
  /** Another row has the same text. */
  isAlike: boolean;
  showsWorkspace: boolean;
  onOpen: () => void;
  onSelect: () => void;
}) {
  const isWaiting = state === "waiting";
  const money = run.amount === null ? null : visibleText(moneyText(run.amount));
  const look = isOpen ? "bg-surface shadow-[inset_3px_0_0_var(--color-link)]" : isSelected ? "bg-accent-soft" : "hover:bg-hover";
  return (
    <li className={`flex border-b border-line transition-colors ${look} ${isWaiting ? "" : "opacity-60"}`}>
      <label className="flex-none cursor-pointer pt-[11px] pr-2 pb-3 pl-4 max-md:min-h-11 max-md:min-w-11">
        <CheckBox
          className="block"
          checked={isSelected}
          disabled={!isWaiting}
          aria-label={`Select: ${run.actionTitle}, ${money ?? visibleText(run.line)}`}
          onChange={onSelect}
        />
      </label>
      <a
        className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-0.5 py-2 pr-4 pl-1 -outline-offset-2 max-md:py-2.5"
        href={inConsole(href)}
        data-run={run.runId}
        aria-current={isOpen ? "true" : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          onOpen();
        }}
      >
        <span className="flex items-center gap-1.5 whitespace-nowrap">
          <span className="max-w-[70%] min-w-0 truncate text-md leading-5 font-semibold tabular-nums">{money ?? run.actionTitle}</span>
          {run.warnings.length === 0 ? null : (
            <span className="flex-none text-wait" title={run.warnings.join(" ")}>
              <TriangleAlert className="size-3.5" strokeWidth={2} aria-hidden="true" />
              <span className="sr-only">Check these values.</span>
            </span>
          )}
          <span className="min-w-0 flex-1 truncate pl-1 text-right text-xs text-subtle">{showsWorkspace ? run.workspaceName : null}</span>
          <span
            className={`flex-none text-sm tabular-nums ${isWaiting && !run.isFrozen && isLastHour(run.expiresAt, now) ? "font-semibold text-stop" : "text-muted"}`}
          >
            {isWaiting && run.isFrozen ? (
              "frozen"
            ) : isWaiting ? (
              <>
                {shortly(timeLeft(run.expiresAt, now))}
                <span className="sr-only"> left</span>
              </>
            ) : (
              STATE_LABELS[state]
            )}
          </span>
        </span>
        <span className="line-clamp-2 text-sm leading-[18px] wrap-anywhere">
          <VisibleText text={run.line} />
        </span>
        <span className="flex items-center gap-x-2 text-xs whitespace-nowrap text-muted">
          <span className="flex flex-none">
            <RiskMark level={run.riskLevel} isShort />
          </span>
          {run.isTest ? <Tag isAccent>Test</Tag> : null}
          {money === null ? null : <span className="min-w-0 truncate">{run.actionTitle}</span>}
          {isAlike ? <ShortId id={run.runId} /> : null}
          {run.identicalIds.length === 0 ? null : <Tag>{run.identicalIds.length + 1} identical</Tag>}
          <span className="flex-1" />
          {/* Beside an ID and a count, there's room for the icon only. */}
          {isWaiting && isUnseen(run, now) ? (
            <span
              className="flex flex-none items-center gap-1 font-medium text-wait"
              title="Nobody has opened this request yet, from an email or in the console."
            >
              <EyeOff className="size-3.5" strokeWidth={2} aria-hidden="true" />
              <span className={isAlike && run.identicalIds.length > 0 ? "sr-only" : ""}>Not seen yet</span>
            </span>
          ) : null}
        </span>
      </a>
    </li>
  );
}
