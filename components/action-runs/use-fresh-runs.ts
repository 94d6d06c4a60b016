"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useLive } from "@/components/live/use-live";
import type { RunRow } from "@/lib/action-runs/list/run-row";
import { type RunSearch, runSearchParams } from "@/lib/action-runs/list/schema";
import { lookAtRunsAgain } from "@/lib/action-runs/server-actions";

/** Changes that come together are looked at together. */
const GATHER_MS = 800;

interface Look {
  /** The page's rows that it was about: after a new page it is worth nothing. */
  readonly of: readonly RunRow[];
  readonly rows: ReadonlyMap<string, RunRow>;
  readonly newer: number;
}

/** The page's rows as they are now, in their places, and how many newer ones wait to be shown. */
export function useFreshRuns(workspaceId: string, search: RunSearch, rows: readonly RunRow[]) {
  const router = useRouter();
  const [look, setLook] = useState<Look | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isNewestFirst = search.sort === "created" && search.direction === "desc" && search.after === null && search.before === null;

  const lookAgain = async () => {
    const outcome = await lookAtRunsAgain(workspaceId, { search: runSearchParams(search).toString(), ids: rows.map(({ id }) => id) });
    if (outcome.ok) setLook({ of: rows, rows: new Map(outcome.rows.map((row) => [row.id, row])), newer: outcome.newer });
  };

  useLive(
    ["runs"],
    () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        // Nothing to disturb: the first run is shown at once.
        if (rows.length === 0) router.refresh();
        else lookAgain().catch(() => undefined);
      }, GATHER_MS);
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
