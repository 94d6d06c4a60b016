import { reportExecution } from "@/lib/action-runs/execute/report-execution";
import { reportFailedRequestSchema } from "@/lib/contract/report";
import { resultLimit } from "@/lib/http/member-limits";
import { sdkRoute } from "@/lib/http/route";

export const reportFailed = sdkRoute({
  method: "POST",
  path: "/api/v1/sdk/action-runs/:id/report-failed",
  scope: "sdk",
  body: { schema: reportFailedRequestSchema, limits: [resultLimit] },
  handler: ({ ctx, params, body, memberText }) =>
    reportExecution(ctx, {
      runId: params.id,
      outcome: "failed",
      result: body.execution_result ?? null,
      resultText: body.execution_result ? (memberText.execution_result ?? null) : null,
      error: body.execution_error,
      claimToken: body.claim_token ?? null,
    }),
});
