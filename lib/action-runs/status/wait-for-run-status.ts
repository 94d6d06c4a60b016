import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import type { VisitorContext } from "@/lib/security/context";
import { getRunStatus } from "./get-run-status";
import { nextRunChange } from "./run-changes";

/**
 * The run's status as soon as it is decided, or as it is when the time (seconds) or the caller's patience (`signal`) is
 * over. Woken by the database's NOTIFY, also from other processes; the table is not polled.
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

/** A timer of its own: Node 20 loses the signal of `AbortSignal.any` over `AbortSignal.timeout`, with its listeners, to a garbage collection. */
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
