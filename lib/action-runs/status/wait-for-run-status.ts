import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import type { VisitorContext } from "@/lib/security/context";
import { getRunStatus } from "./get-run-status";
import { nextRunChange } from "./run-changes";

/**
 * Returns the run's status as soon as it is decided, or its current one after `seconds`, or when the caller aborts (`signal`). Woken by
 * NOTIFY, also from other processes; the table is not polled.
 */
export async function waitForRunStatus(
  ctx: VisitorContext,
  credentials: SdkCredentials,
  { runId, waitSeconds, signal }: { runId: string; waitSeconds: number; signal?: AbortSignal | undefined },
) {
  const end = endOfWait(waitSeconds * 1000, signal);
  try {
    for (;;) {
      const change = nextRunChange(runId);
      try {
        const status = await getRunStatus(ctx, credentials, runId);
        if (!status.ok || status.answer.governance_status !== "pending_approval" || end.signal.aborted) return status;
        await Promise.race([change.changed, end.reached]);
      } finally {
        change.cancel();
      }
    }
  } finally {
    end.cancel();
  }
}

/**
 * A separate timer: in Node 20, the signal of `AbortSignal.any` over `AbortSignal.timeout` can be garbage collected together with its
 * listeners.
 */
function endOfWait(ms: number, signal: AbortSignal | undefined) {
  const controller = new AbortController();
  const reached = new Promise<void>((resolve) => controller.signal.addEventListener("abort", () => resolve(), { once: true }));
  const reach = () => controller.abort();
  const timer = setTimeout(reach, ms);
  if (signal?.aborted) reach();
  signal?.addEventListener("abort", reach, { once: true });
  const cancel = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", reach);
  };
  return { signal: controller.signal, reached, cancel };
}
