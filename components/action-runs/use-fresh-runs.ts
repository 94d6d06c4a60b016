"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useLive } from "@/components/live/use-live";
import type { RunRow } from "@/lib/action-runs/list/run-row";
import { lookAtRunsAgain } from "@/lib/action-runs/server-actions";
import { type RunSearch, runSearchParams } from "@/lib/domain/runs/run-search";

/** Debounce for bursts of changes. */
const DEBOUNCE_MS = 800;

interface Look {
  /** The rows it was read for: a new page makes it stale. */
  readonly of: readonly RunRow[];
  readonly rows: ReadonlyMap<string, RunRow>;
  readonly newer: number;
}

/** Returns the page's rows in their current state and unchanged order, and how many newer runs there are. */
export function useFreshRuns(workspaceId: string, search: RunSearch, rows: readonly RunRow[]) {
  const router = useRouter();
  const [look, setLook] = useState<Look | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isNewestFirst = search.sort === "created" && search.direction === "desc" && search.after === null && search.before === null;

  const refresh = async () => {
    const outcome = await lookAtRunsAgain(workspaceId, { search: runSearchParams(search).toString(), ids: rows.map(({ id }) => id) });
    if (outcome.ok) setLook({ of: rows, rows: new Map(outcome.rows.map((row) => [row.id, row])), newer: outcome.newer });
  };

  useLive(
    ["runs"],
    () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        // With no rows to keep in place, the first run is shown immediately.
        if (rows.length === 0) router.refresh();
        else refresh().catch(() => undefined);
      }, DEBOUNCE_MS);
    },
    workspaceId,
  );
  useEffect(() => () => clearTimeout(timer.current), []);

  const current = look?.of === rows ? look : null;
  return {
    rows: current === null ? rows : rows.map((row) => current.rows.get(row.id) ?? row),
    newer: isNewestFirst ? (current?.newer ?? 0) : 0,
  };
}
