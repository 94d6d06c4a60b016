"use client";

import { ArrowUp, History, Inbox, SearchX } from "lucide-react";
import { Fragment, type Ref } from "react";
import { queuePath } from "@/components/approvals/queue-path";
import { useNow } from "@/components/approvals/use-now";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { CheckBox } from "@/components/ui/check-box";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import type { WaitingQueue } from "@/lib/approvals/waiting-run";
import type { QueueSearch } from "@/lib/domain/runs/queue-order";
import { lookAlikes } from "@/lib/domain/runs/run-line";
import type { Decision } from "@/lib/domain/runs/statuses";
import { QueueGroup, startsGroup } from "./queue-group";
import { QueueHelp } from "./queue-help";
import { QueueRow, rowWords } from "./queue-row";
import { QueueTools } from "./queue-tools";
import { SelectionBar } from "./selection-bar";
import type { Selection } from "./use-selection";
import type { useShownQueue } from "./use-shown-queue";

const COUNT = new Intl.NumberFormat("en");

export function QueueList({
  className,
  queue,
  list,
  limit,
  search,
  searchRef,
  now: startedAt,
  openId,
  selection,
  isHelpOpen,
  onHelpOpenChange,
  onOpen,
  onDecide,
}: {
  className: string;
  queue: WaitingQueue;
  list: ReturnType<typeof useShownQueue>;
  limit: number;
  search: QueueSearch;
  searchRef: Ref<HTMLInputElement>;
  now: number;
  openId: string | null;
  selection: Selection;
  isHelpOpen: boolean;
  onHelpOpenChange: (isOpen: boolean) => void;
  onOpen: (runId: string) => void;
  onDecide: (decision: Decision) => void;
}) {
  const now = useNow(startedAt);
  const { rows, arrivalCount, stateOf } = list;
  const { workspaceId } = search;
  const inScope = workspaceId === null ? queue.total : (queue.workspaces.find(({ id }) => id === workspaceId)?.count ?? 0);
  const showsWorkspace = workspaceId === null && queue.workspaces.length > 1;
  const { selectable } = selection;
  const count = selection.runs.length;
  const alike = lookAlikes(rows, rowWords);
  const below = queue.matches - queue.runs.reduce((sum, { identicalIds }) => sum + 1 + identicalIds.length, 0);
  return (
    <section className={`relative flex min-h-0 flex-col border-line bg-canvas md:border-r ${className}`} aria-label="Approval queue">
      <div className="flex h-[52px] flex-none items-center gap-2 border-b border-line pr-3 pl-4">
        <CheckBox
          aria-label="Select all shown"
          checked={count > 0 && count === selectable.length}
          isMixed={count > 0 && count < selectable.length}
          disabled={selectable.length === 0}
          onChange={selection.toggleAll}
        />
        <h2 className="pl-1 text-md whitespace-nowrap">Waiting for you</h2>
        <span className="text-subtle whitespace-nowrap tabular-nums">
          {search.text === null ? COUNT.format(inScope) : `${COUNT.format(queue.matches)} of ${COUNT.format(inScope)}`}
        </span>
        <span className="ml-auto flex min-w-0 items-center gap-1">
          <ButtonLink href="/approvals/decided" variant="ghost" size="sm" icon={<History />}>
            Decided
          </ButtonLink>
          <QueueHelp isOpen={isHelpOpen} onOpenChange={onHelpOpenChange} />
        </span>
      </div>
      <QueueTools search={search} workspaces={queue.workspaces} searchRef={searchRef} />
      {arrivalCount === 0 ? null : (
        <div className="flex-none border-b border-line bg-live-soft p-1.5" role="status">
          <Button
            className="w-full !border-transparent !bg-transparent !text-live !shadow-none"
            size="sm"
            icon={<ArrowUp />}
            onClick={list.adopt}
          >
            {COUNT.format(arrivalCount)} new
          </Button>
        </div>
      )}
      {rows.length === 0 && search.text !== null ? (
        <div className="flex-1 content-center">
          <EmptyState
            icon={SearchX}
            title="No pending requests match"
            action={
              <ButtonLink href={queuePath({ ...search, text: null })} size="sm">
                Clear search
              </ButtonLink>
            }
          />
        </div>
      ) : rows.length === 0 ? (
        <div className="flex-1 content-center">
          <EmptyState
            icon={Inbox}
            title={workspaceId === null ? "Nothing needs your approval" : "Nothing needs your approval in this workspace"}
            action={
              workspaceId === null ? undefined : (
                <Link className="text-link" href={queuePath({})}>
                  Show all workspaces
                </Link>
              )
            }
          >
            {workspaceId === null ? "Runs you can decide appear here automatically." : null}
          </EmptyState>
        </div>
      ) : (
        <ul className="relative flex-1 md:overflow-y-auto">
          {rows.map((run, place) => (
            <Fragment key={run.runId}>
              {search.isGrouped && startsGroup(run, rows[place - 1]) ? (
                <QueueGroup
                  run={run}
                  groups={queue.groups}
                  showsWorkspace={showsWorkspace}
                  onSelect={() => selection.set(selectable.filter((other) => !startsGroup(other, run)).map(({ runId }) => runId))}
                />
              ) : null}
              <QueueRow
                run={run}
                href={queuePath({ ...search, runId: run.runId })}
                now={now}
                state={stateOf(run)}
                isOpen={run.runId === openId}
                isSelected={selection.ids.has(run.runId)}
                isAlike={alike.has(run.runId)}
                showsWorkspace={showsWorkspace}
                onOpen={() => onOpen(run.runId)}
                onSelect={() => selection.toggle(run.runId)}
              />
            </Fragment>
          ))}
          {below > 0 ? (
            <li className="px-4 py-3 text-xs text-muted">
              {COUNT.format(below)} more pending {below === 1 ? "request" : "requests"} below.{" "}
              {limit < 500 ? (
                <Link className="text-link" href={queuePath({ ...search, show: limit + 100, runId: openId })} scroll={false}>
                  Show 100 more
                </Link>
              ) : null}
            </li>
          ) : null}
        </ul>
      )}
      {count === 0 ? null : (
        <SelectionBar selected={selection.runs} rowCount={rows.length} onClear={() => selection.set([])} onDecide={onDecide} />
      )}
    </section>
  );
}
