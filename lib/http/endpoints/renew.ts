import { renewClaim } from "@/lib/action-runs/execute/renew-claim";
import { withSdkContext } from "@/lib/api-keys/sdk-context";
import { renewRequestSchema } from "@/lib/contract/claim";
import { sdkRoute } from "@/lib/http/route";

export const renew = sdkRoute({
  method: "POST",
  path: "/api/v1/sdk/action-runs/:id/claim/renew",
  scope: "sdk",
  body: { schema: renewRequestSchema },
  handler: ({ credentials, params, body }) =>
    withSdkContext(credentials, (ctx) =>
      renewClaim(ctx, { runId: params.id, claimToken: body.claim_token, leaseSeconds: body.lease_seconds }),
    ),
});
