import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { waitForRunStatus } from "@/lib/action-runs/status/wait-for-run-status";
import { statusQuerySchema } from "@/lib/contract/status";
import { sdkRoute } from "@/lib/http/route";
import { onShutdown } from "@/lib/http/shutdown";

export const runStatus = sdkRoute({
  method: "GET",
  path: "/api/v1/sdk/action-runs/:id/status",
  scope: "sdk-credentials",
  query: statusQuerySchema,
  hasEntityTag: true,
  isLongPoll: true,
  async handler({ ctx, credentials, params, query, request }) {
    if (!query.wait) return getRunStatus(ctx, credentials, params.id);
    // A held response is sent early, with the current state, when the client disconnects or the server stops.
    const patience = new AbortController();
    const giveUp = () => patience.abort();
    request.signal.addEventListener("abort", giveUp, { once: true });
    const unsubscribe = onShutdown(giveUp);
    try {
      return await waitForRunStatus(ctx, credentials, { runId: params.id, waitSeconds: query.wait, signal: patience.signal });
    } finally {
      unsubscribe();
    }
  },
});
