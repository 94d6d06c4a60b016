import { interceptAction } from "@/lib/action-runs/propose/intercept-action";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { payloadLimit } from "@/lib/http/member-limits";
import { sdkRoute } from "@/lib/http/route";
import { getMetrics } from "@/lib/metrics/metrics";

export const intercept = sdkRoute({
  method: "POST",
  path: "/api/v1/sdk/intercept",
  scope: "sdk-credentials",
  body: { schema: interceptRequestSchema, limits: [payloadLimit] },
  async handler({ ctx, credentials, body, memberText }) {
    const time = getMetrics()?.interceptSeconds.startTimer();
    const outcome = await interceptAction(ctx, credentials, {
      request: body,
      payload: body.payload,
      payloadText: payloadTextOf(memberText),
    });
    time?.({ outcome: outcome.ok ? outcome.answer.governance_status : "refused" });
    return outcome;
  },
});

/** Exactly one of the two names must be set; the other may be null. */
function payloadTextOf({ payload, input }: Readonly<Record<string, string>>): string {
  const text = payload === undefined || payload === "null" ? input : payload;
  if (text === undefined) throw new Error("The request schema let a request without a payload pass.");
  return text;
}
