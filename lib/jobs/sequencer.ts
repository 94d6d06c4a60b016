import { operatorContext } from "@/lib/auth/contexts";
import { isConnectionError } from "@/lib/errors/database-errors";
import { logger } from "@/lib/logger";
import { listWaitingLogs } from "@/lib/receipts/log/list-waiting-logs";
import { sequenceLogs } from "@/lib/receipts/log/sequence-logs";

/** Polling interval: receipts are in the log within a second, and a poll costs one index lookup. */
const POLL_INTERVAL_MS = 700;
const PAUSE_AFTER_FAILURE_MS = 2000;
/** Maximum number of logs per transaction, whose statements and flush to disk cost the same for one. */
const LOGS_AT_ONCE = 32;
/** Maximum number of receipts per log and transaction. */
const BATCH = 200;

export interface Sequencer {
  stop(): Promise<void>;
}

/**
 * Adds new receipts to their workspaces' logs until it is stopped. It polls instead of being notified, so that many receipts share
 * a transaction. Any number of processes may run one.
 */
export function startSequencer(): Sequencer {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let pass = Promise.resolve();

  const schedule = (pauseMs: number) => {
    if (isStopped) return;
    timer = setTimeout(() => {
      pass = run();
    }, pauseMs);
  };
  async function run(): Promise<void> {
    try {
      const hasMore = await sequenceWaiting(() => isStopped);
      schedule(hasMore ? 0 : POLL_INTERVAL_MS);
    } catch (error) {
      logger.warn({ error }, "The receipt logs could not be extended; trying again.");
      schedule(PAUSE_AFTER_FAILURE_MS);
    }
  }
  schedule(0);
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await pass;
    },
  };
}

/** Appends one batch per log with unlogged receipts. Returns whether one may have more. A failing log doesn't block the others. */
export async function sequenceWaiting(isStopped = () => false): Promise<boolean> {
  const ctx = operatorContext(null);
  const waiting = await listWaitingLogs(ctx);
  const failures: unknown[] = [];
  let hasMore = false;
  const sequence = async (workspaceIds: readonly string[]) => {
    const counts = await sequenceLogs(ctx, workspaceIds, BATCH);
    hasMore ||= [...counts.values()].includes(BATCH);
  };
  const sequenceAlone = async (workspaceIds: readonly string[]) => {
    for (const workspaceId of workspaceIds) {
      if (isStopped()) return;
      await sequence([workspaceId]).catch((error: unknown) => {
        // With the database unavailable, the other logs would fail as well.
        if (isConnectionError(error)) throw error;
        failures.push(error);
      });
    }
  };
  for (let at = 0; at < waiting.length && !isStopped(); at += LOGS_AT_ONCE) {
    const logs = waiting.slice(at, at + LOGS_AT_ONCE);
    await sequence(logs).catch(() => sequenceAlone(logs));
  }
  if (failures.length > 0) throw failures[0];
  return hasMore;
}
