"use client";

import { useState } from "react";
import { queuePath } from "@/components/approvals/queue-path";
import type { WaitingRun } from "@/lib/approvals/waiting-run";
import { type QueueSearch, queueOrder } from "@/lib/domain/runs/queue-order";
import type { Decision } from "@/lib/domain/runs/statuses";
import type { RowState } from "./queue-row";

/**
 * Returns the rows in the order the reader has seen. Live updates don't move them: new runs are counted and decided ones dimmed, until the
 * reader asks for them or opens another run. The reader's own decisions leave immediately, and a new search shows its list as it is.
 */
export function useShownQueue(fresh: readonly WaitingRun[], { search, isCutShort }: { search: QueueSearch; isCutShort: boolean }) {
  const address = queuePath(search);
  const [{ of, shown }, setShownOf] = useState({ of: address, shown: fresh });
  const setShown = (runs: readonly WaitingRun[]) => setShownOf({ of: address, shown: runs });
  if (of !== address) setShown(fresh);
  const compareQueued = queueOrder(search);
  const [deciding, setDeciding] = useState<ReadonlyMap<string, Decision>>(new Map());
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());

  // In their old places, but with current data: someone may have opened one.
  const asTheyAre = new Map(fresh.map((run) => [run.runId, run]));
  const rows = shown.filter(({ runId }) => !decided.has(runId)).map((run) => asTheyAre.get(run.runId) ?? run);
  const known = new Set(shown.map(({ runId }) => runId));
  const arrivals = fresh.filter(({ runId }) => !known.has(runId) && !decided.has(runId));
  const freshIds = new Set(fresh.map(({ runId }) => runId));
  const last = fresh.at(-1);
  // In a truncated list, runs below the end are unknown, not gone.
  const isGone = (run: WaitingRun) => !freshIds.has(run.runId) && !(isCutShort && last !== undefined && compareQueued(run, last) > 0);
  const goneCount = rows.filter(isGone).length;

  // The list was empty, so new rows are shown at once. Rows below all others don't move anything either.
  const isBelow = arrivals.length > 0 && rows.every((row) => arrivals.every((run) => compareQueued(row, run) < 0));
  if (isBelow) setShown([...rows, ...arrivals]);

  return {
    rows,
    arrivalCount: isBelow ? 0 : arrivals.length,
    stateOf: (run: WaitingRun): RowState => deciding.get(run.runId) ?? (isGone(run) ? "gone" : "waiting"),
    /** Shows the current list. */
    adopt: () => setShown(fresh.filter(({ runId }) => !decided.has(runId))),
    /** Removes decided rows: the reader has opened another run. */
    tidy: (openId: string | null) => {
      if (goneCount > 0) setShown(rows.filter((run) => run.runId === openId || deciding.has(run.runId) || !isGone(run)));
    },
    begin: (runIds: readonly string[], decision: Decision) =>
      setDeciding((before) => new Map([...before, ...runIds.map((id) => [id, decision] as const)])),
    end: (runIds: readonly string[], leaving: readonly string[]) => {
      setDeciding((before) => new Map([...before].filter(([id]) => !runIds.includes(id))));
      setDecided((before) => new Set([...before, ...leaving]));
    },
  };
}
