import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { releaseRequestSchema } from "@/lib/contract/claim";
import { sdkRoute } from "@/lib/http/route";

export const release = sdkRoute({
  method: "POST",
  path: "/api/v1/sdk/action-runs/:id/claim/release",
  scope: "sdk",
  body: { schema: releaseRequestSchema },
  handler: ({ ctx, params, body }) => releaseClaim(ctx, { runId: params.id, claimToken: body.claim_token }),
});
