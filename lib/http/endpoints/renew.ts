import { renewClaim } from "@/lib/action-runs/execute/renew-claim";
import { renewRequestSchema } from "@/lib/contract/claim";
import { sdkRoute } from "@/lib/http/route";

export const renew = sdkRoute({
  method: "POST",
  path: "/api/v1/sdk/action-runs/:id/claim/renew",
  scope: "sdk",
  body: { schema: renewRequestSchema },
  handler: ({ ctx, params, body }) => renewClaim(ctx, { runId: params.id, claimToken: body.claim_token, leaseSeconds: body.lease_seconds }),
});
