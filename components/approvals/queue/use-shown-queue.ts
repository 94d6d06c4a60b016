"use client";

import { useState } from "react";
import { queuePath } from "@/components/approvals/queue-path";
import type { QueueSearch } from "@/lib/approvals/schema";
import type { WaitingRun } from "@/lib/approvals/waiting-run";
import { queueOrder } from "@/lib/domain/runs/queue-order";
import type { Decision } from "@/lib/domain/runs/statuses";
import type { RowState } from "./queue-row";

/**
 * The rows as the reader has them before their eyes. News does not move them: what has come is counted, what has gone is
 * dimmed, until the reader asks for it or moves on by themselves. What the reader has decided leaves at once. Another search is
 * another list, shown as it is.
 */
export function useShownQueue(fresh: readonly WaitingRun[], { search, isCutShort }: { search: QueueSearch; isCutShort: boolean }) {
  const address = queuePath(search);
  const [{ of, shown }, setShownOf] = useState({ of: address, shown: fresh });
  const setShown = (runs: readonly WaitingRun[]) => setShownOf({ of: address, shown: runs });
  if (of !== address) setShown(fresh);
  const compareQueued = queueOrder(search);
  const [deciding, setDeciding] = useState<ReadonlyMap<string, Decision>>(new Map());
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());

  // In their old places, but as they are now: somebody may have opened one.
  const asTheyAre = new Map(fresh.map((run) => [run.runId, run]));
  const rows = shown.filter(({ runId }) => !decided.has(runId)).map((run) => asTheyAre.get(run.runId) ?? run);
  const known = new Set(shown.map(({ runId }) => runId));
  const arrivals = fresh.filter(({ runId }) => !known.has(runId) && !decided.has(runId));
  const freshIds = new Set(fresh.map(({ runId }) => runId));
  const last = fresh.at(-1);
  // Of a list that is cut short, what lies below the cut is unknown, not gone.
  const isGone = (run: WaitingRun) => !freshIds.has(run.runId) && !(isCutShort && last !== undefined && compareQueued(run, last) > 0);
  const goneCount = rows.filter(isGone).length;

  // Nothing to point at: what comes is shown. What comes below everything moves nothing.
  const isBelow = arrivals.length > 0 && rows.every((row) => arrivals.every((run) => compareQueued(row, run) < 0));
  if (isBelow) setShown([...rows, ...arrivals]);

  return {
    rows,
    arrivalCount: isBelow ? 0 : arrivals.length,
    stateOf: (run: WaitingRun): RowState => deciding.get(run.runId) ?? (isGone(run) ? "gone" : "waiting"),
    /** Shows what is so now. */
    adopt: () => setShown(fresh.filter(({ runId }) => !decided.has(runId))),
    /** Lets go of what waits no longer: the reader has moved on by themselves. */
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
