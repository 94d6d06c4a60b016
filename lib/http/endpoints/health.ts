import type { HealthResponse } from "@/lib/contract/health";
import { sdkRoute } from "@/lib/http/route";

/** Whether the process is running. Doesn't touch the database, so that losing it doesn't get the process killed. */
export const health = sdkRoute({
  method: "GET",
  path: "/api/health",
  scope: "open",
  handler: () => Promise.resolve({ ok: true, answer: { status: "ok" } satisfies HealthResponse }),
});
