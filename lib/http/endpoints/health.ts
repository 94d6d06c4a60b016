import type { HealthResponse } from "@/lib/contract/health";
import { sdkRoute } from "@/lib/http/route";

/** The process runs and answers. Touches nothing else, so that a lost database does not get the process killed. */
export const health = sdkRoute({
  method: "GET",
  path: "/api/health",
  scope: "open",
  handler: () => Promise.resolve({ ok: true, answer: { status: "ok" } satisfies HealthResponse }),
});
