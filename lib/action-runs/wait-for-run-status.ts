import type { SdkCredentials } from "@/lib/auth/sdk-credentials";
import { getRunStatus } from "./get-run-status";
import { nextRunChange } from "./run-changes";

/**
 * The run's status as soon as it is decided, or as it is when the time (seconds) or the caller's patience (`signal`) is
 * over. Woken by the database's NOTIFY, also from other processes; the table is not polled.
 */
export async function waitForRunStatus(credentials: SdkCredentials, runId: string, waitSeconds: number, signal?: AbortSignal) {
  const over = AbortSignal.any([AbortSignal.timeout(waitSeconds * 1000), ...(signal ? [signal] : [])]);
  for (;;) {
    const change = nextRunChange(runId);
    try {
      const status = await getRunStatus(credentials, runId);
      if (!status.ok || status.answer.governance_status !== "pending_approval" || over.aborted) return status;
      await Promise.race([change.changed, aborted(over)]);
    } finally {
      change.cancel();
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
