import { LRUCache } from "lru-cache";
import type { WorkspaceContext } from "@/lib/security/context";
import { getNewestCheckpoint } from "./get-newest-checkpoint";

/** As old as an answer's checkpoint may be. */
const FRESH_MS = 1000;
const KEPT_WORKSPACES = 10_000;

interface Known {
  encoded: string | null;
  readAtMs: number;
}

const known = new LRUCache<string, Known>({ max: KEPT_WORKSPACES });

/**
 * The newest checkpoint that this process knows of, in base64: what each answer to an SDK carries. Never waits: what is too old
 * is read again for the next answer, once a second and workspace at most.
 */
export function newestCheckpointOf(ctx: WorkspaceContext, nowMs = performance.now()): string | null {
  const { workspaceId } = ctx;
  const entry = known.get(workspaceId);
  if (!entry || nowMs - entry.readAtMs > FRESH_MS) {
    const next = { encoded: entry?.encoded ?? null, readAtMs: nowMs };
    known.set(workspaceId, next);
    // A database that is away is told by the request itself.
    getNewestCheckpoint(ctx).then(
      (checkpoint) => {
        next.encoded = checkpoint && Buffer.from(checkpoint.note).toString("base64");
      },
      () => undefined,
    );
  }
  return entry?.encoded ?? null;
}
