import { systemContext } from "@/lib/auth/system-context";
import { operatorContext } from "@/lib/auth/operator-context";
import { logger } from "@/lib/logger";
import { listWaitingLogs } from "@/lib/receipts/list-waiting-logs";
import { sequenceReceipts, SEQUENCE_BATCH } from "@/lib/receipts/sequence-receipts";

/** A receipt is in the log within a second; looking costs one step in an index. */
const PAUSE_MS = 400;
const PAUSE_AFTER_FAILURE_MS = 2000;

export interface Sequencer {
  stop(): Promise<void>;
}

/**
 * Puts new receipts into their workspaces' logs, for as long as it runs. It looks instead of being told, so that writing a
 * receipt costs nothing more. Any number of processes may run one.
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
      logger.warn({ error: error instanceof Error ? error.message : String(error) }, "The receipt logs could not be extended; trying again.");
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

/** One batch of each workspace that waits. Returns whether one of them may have more. A log that fails holds up no other. */
export async function sequenceWaiting(isStopped = () => false): Promise<boolean> {
  let hasMore = false;
  const failures: unknown[] = [];
  for (const workspaceId of await listWaitingLogs(operatorContext(null))) {
    if (isStopped()) break;
    try {
      if ((await sequenceReceipts(systemContext(workspaceId))) === SEQUENCE_BATCH) hasMore = true;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return hasMore;
}
