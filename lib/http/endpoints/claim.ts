import { claimRun } from "@/lib/action-runs/execute/claim-run";
import { claimRequestSchema } from "@/lib/contract/claim";
import { payloadLimit } from "@/lib/http/member-limits";
import { sdkRoute } from "@/lib/http/route";

export const claim = sdkRoute({
  method: "POST",
  path: "/api/v1/sdk/action-runs/:id/claim",
  scope: "sdk",
  body: { schema: claimRequestSchema, limits: [payloadLimit] },
  handler: ({ ctx, params, body }) =>
    claimRun(ctx, {
      runId: params.id,
      worker: body.worker,
      leaseSeconds: body.lease_seconds,
      token: body.token ?? null,
      payload: body.payload ?? null,
    }),
});
