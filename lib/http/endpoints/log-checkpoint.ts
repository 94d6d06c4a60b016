import { logCheckpointQuerySchema } from "@/lib/contract/receipt-log";
import { sdkRoute } from "@/lib/http/route";
import { getLogConsistency } from "@/lib/receipts/log/get-log-consistency";

/** What a witness asks: the newest checkpoint, and whether it goes on from the one it kept. */
export const logCheckpoint = sdkRoute({
  method: "GET",
  path: "/api/v1/sdk/log/checkpoint",
  scope: "sdk",
  query: logCheckpointQuerySchema,
  handler: async ({ ctx, query }) => ({ ok: true, answer: await getLogConsistency(ctx, query.from ?? null) }),
});
