import { reportExecution } from "@/lib/action-runs/execute/report-execution";
import { reportExecutedRequestSchema } from "@/lib/contract/report";
import { resultLimit } from "@/lib/http/member-limits";
import { sdkRoute } from "@/lib/http/route";

export const reportExecuted = sdkRoute({
  method: "POST",
  path: "/api/v1/sdk/action-runs/:id/report-executed",
  scope: "sdk",
  body: { schema: reportExecutedRequestSchema, limits: [resultLimit] },
  handler: ({ ctx, params, body, memberText }) =>
    reportExecution(ctx, {
      runId: params.id,
      outcome: "executed",
      result: body.execution_result ?? null,
      resultText: body.execution_result ? (memberText.execution_result ?? null) : null,
      error: null,
      claimToken: body.claim_token ?? null,
    }),
});
