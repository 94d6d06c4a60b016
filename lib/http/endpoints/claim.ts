import { claimRun } from "@/lib/action-runs/execute/claim-run";
import { withSdkContext } from "@/lib/api-keys/sdk-context";
import { claimRequestSchema } from "@/lib/contract/claim";
import { payloadLimit } from "@/lib/http/member-limits";
import { sdkRoute } from "@/lib/http/route";

export const claim = sdkRoute({
  method: "POST",
  path: "/api/v1/sdk/action-runs/:id/claim",
  scope: "sdk",
  body: { schema: claimRequestSchema, limits: [payloadLimit] },
  handler: ({ credentials, params, body }) =>
    withSdkContext(credentials, (ctx) =>
      claimRun(ctx, {
        runId: params.id,
        worker: body.worker,
        leaseSeconds: body.lease_seconds,
        token: body.token ?? null,
        payload: body.payload ?? null,
      }),
    ),
});
