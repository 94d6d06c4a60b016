import { logCheckpointQuerySchema } from "@/lib/contract/receipt-log";
import { sdkRoute } from "@/lib/http/route";
import { getLogConsistency } from "@/lib/receipts/log/get-log-consistency";

/** Used by witnesses: returns the newest checkpoint, and proves that it extends the one they kept. */
export const logCheckpoint = sdkRoute({
  method: "GET",
  path: "/api/v1/sdk/log/checkpoint",
  scope: "sdk",
  query: logCheckpointQuerySchema,
  handler: async ({ ctx, query }) => ({ ok: true, answer: await getLogConsistency(ctx, query.from ?? null) }),
});
