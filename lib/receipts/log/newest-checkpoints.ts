import { LRUCache } from "lru-cache";
import type { WorkspaceContext } from "@/lib/security/context";
import { getNewestCheckpoint } from "./get-newest-checkpoint";

/** Maximum age of the checkpoint that a response carries. */
const FRESH_MS = 1000;
const KEPT_WORKSPACES = 10_000;

interface Known {
  encoded: string | null;
  readAtMs: number;
}

const known = new LRUCache<string, Known>({ max: KEPT_WORKSPACES });

/**
 * Returns the newest checkpoint this process has cached, in base64, for every response to an SDK. Never waits: a stale one is refreshed in
 * the background for the next response, at most once a second per workspace.
 */
export function newestCheckpointOf(ctx: WorkspaceContext, nowMs = performance.now()): string | null {
  const { workspaceId } = ctx;
  const entry = known.get(workspaceId);
  if (!entry || nowMs - entry.readAtMs > FRESH_MS) {
    const next = { encoded: entry?.encoded ?? null, readAtMs: nowMs };
    known.set(workspaceId, next);
    // If the database is down, the request itself reports it.
    getNewestCheckpoint(ctx).then(
      (checkpoint) => {
        next.encoded = checkpoint && Buffer.from(checkpoint.note).toString("base64");
      },
      () => undefined,
    );
  }
  return entry?.encoded ?? null;
}
