import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { withdrawRequestSchema } from "@/lib/contract/withdraw";
import { sdkRoute } from "@/lib/http/route";

export const withdraw = sdkRoute({
  method: "POST",
  path: "/api/v1/sdk/action-runs/:id/withdraw",
  scope: "sdk",
  body: { schema: withdrawRequestSchema },
  handler: ({ ctx, params, body }) => withdrawRun(ctx, { runId: params.id, reason: body.reason }),
});
