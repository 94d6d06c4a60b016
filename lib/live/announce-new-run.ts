import { isConnectionError } from "@/lib/errors/database-errors";
import { logger } from "@/lib/logger";
import type { VisitorContext } from "@/lib/security/context";
import { LIVE_CHANNEL } from "./announce-change";

/** However many runs come, their pages are told this often. */
const PAUSE_MS = 250;

const waiting = new Set<string>();
let pause: NodeJS.Timeout | undefined;

/**
 * Tells the open pages of a workspace that it has a new run which the policy decided. A NOTIFY in the run's own transaction
 * would make the commits of all proposals wait for each other's flush to disk; so it is a statement of its own afterwards,
 * at most four a second, which writes nothing and is not waited for. Runs that wait for people are announced by the
 * database in their transaction.
 */
export function announceNewRun(ctx: VisitorContext, workspaceId: string): void {
  waiting.add(workspaceId);
  if (pause === undefined) tell(ctx);
}

function tell(ctx: VisitorContext): void {
  if (waiting.size === 0) {
    pause = undefined;
    return;
  }
  const workspaceIds = [...waiting];
  waiting.clear();
  pause = setTimeout(() => tell(ctx), PAUSE_MS).unref();
  ctx.db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, id || ' runs') FROM unnest(${workspaceIds}::text[]) AS id`.catch(
    (error: unknown) => {
      // Pages hear of it with the next change; the run itself is safe.
      if (!isConnectionError(error)) logger.warn({ error }, "announcing new runs failed");
    },
  );
}
