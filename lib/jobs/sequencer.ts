import { operatorContext } from "@/lib/auth/contexts";
import { isConnectionError } from "@/lib/errors/database-errors";
import { logger } from "@/lib/logger";
import { listWaitingLogs } from "@/lib/receipts/log/list-waiting-logs";
import { sequenceLogs } from "@/lib/receipts/log/sequence-logs";

/** A receipt is in the log within a second; looking costs one step in an index. */
const PAUSE_MS = 700;
const PAUSE_AFTER_FAILURE_MS = 2000;
/** Logs that share a transaction: its statements and its flush to disk cost the same for one. */
const LOGS_AT_ONCE = 32;
/** Of each of them. */
const BATCH = 200;

export interface Sequencer {
  stop(): Promise<void>;
}

/**
 * Puts new receipts into their workspaces' logs, for as long as it runs. It looks instead of being woken, so that many receipts
 * share a transaction. Any number of processes may run one.
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
      schedule(hasMore ? 0 : PAUSE_MS);
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

/** One batch of each log that has receipts waiting. Returns whether one of them may have more. A log that fails holds up no other. */
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
        // With the database away, the others would fare no better.
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
