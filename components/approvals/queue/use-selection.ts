"use client";

import { useState } from "react";
import { MAX_AT_ONCE } from "@/lib/domain/access/limits";
import type { useShownQueue } from "./use-shown-queue";

export type Selection = ReturnType<typeof useSelection>;

/** The runs chosen to be decided together, as far as they are still waiting. */
export function useSelection({ rows, stateOf }: Pick<ReturnType<typeof useShownQueue>, "rows" | "stateOf">) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const waiting = rows.filter((run) => stateOf(run) === "waiting");
  const selectable = waiting.slice(0, MAX_AT_ONCE);
  const runs = waiting.filter(({ runId }) => ids.has(runId));
  const set = (runIds: readonly string[]) => setIds(new Set(runIds));
  return {
    ids,
    runs,
    /** What one submission takes of the shown runs. */
    selectable,
    set,
    toggle: (runId: string) =>
      setIds((before) => {
        const after = new Set(before);
        if (!after.delete(runId)) after.add(runId);
        return after;
      }),
    /** All that is selectable, or none. */
    toggleAll: () => set(runs.length === selectable.length ? [] : selectable.map(({ runId }) => runId)),
    drop: (runIds: readonly string[]) => setIds((before) => new Set([...before].filter((id) => !runIds.includes(id)))),
  };
}
