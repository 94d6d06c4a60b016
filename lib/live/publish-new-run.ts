import { isConnectionError } from "@/lib/errors/database-errors";
import { logger } from "@/lib/logger";
import type { AnyContext } from "@/lib/security/context";
import { LIVE_CHANNEL } from "./publish-change";

/** Minimum time between two notifications about new runs. */
const MIN_PUBLISH_INTERVAL_MS = 250;

const waiting = new Set<string>();
let pause: NodeJS.Timeout | undefined;

/**
 * Notifies a workspace's open pages of a new run that the policy decided. A NOTIFY in the run's own transaction would serialize
 * the commits of all proposals, each waiting for the others' flush to disk. So it is a separate statement afterwards, at most
 * four a second, that writes nothing and isn't awaited. Pending runs are published by the database in their transaction.
 */
export function publishNewRun(ctx: AnyContext, workspaceId: string): void {
  waiting.add(workspaceId);
  if (pause === undefined) publish(ctx);
}

function publish(ctx: AnyContext): void {
  if (waiting.size === 0) {
    pause = undefined;
    return;
  }
  const workspaceIds = [...waiting];
  waiting.clear();
  pause = setTimeout(() => publish(ctx), MIN_PUBLISH_INTERVAL_MS).unref();
  ctx.db.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, id || ' runs') FROM unnest(${workspaceIds}::text[]) AS id`.catch(
    (error: unknown) => {
      // Pages see it with the next change; the run itself is safe.
      if (!isConnectionError(error)) logger.warn({ error }, "publishing new runs failed");
    },
  );
}
