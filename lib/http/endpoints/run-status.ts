import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { waitForRunStatus } from "@/lib/action-runs/status/wait-for-run-status";
import { statusQuerySchema } from "@/lib/contract/status";
import { holdResponse } from "@/lib/http/hold-response";
import { sdkRoute } from "@/lib/http/route";

export const runStatus = sdkRoute({
  method: "GET",
  path: "/api/v1/sdk/action-runs/:id/status",
  scope: "sdk-credentials",
  query: statusQuerySchema,
  hasEntityTag: true,
  isLongPoll: (query) => query.has("wait"),
  async handler({ ctx, credentials, params, query, request }) {
    if (!query.wait) return getRunStatus(ctx, credentials, params.id);
    const { wait: waitSeconds } = query;
    return holdResponse(request, (signal) => waitForRunStatus(ctx, credentials, { runId: params.id, waitSeconds, signal }));
  },
});
