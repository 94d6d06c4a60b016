import { refuse } from "@/lib/domain/refusals/refusal";
import { getReadiness } from "@/lib/health/get-readiness";
import { sdkRoute } from "@/lib/http/route";

/** Whether this process can serve requests, for load balancers and for diagnosis. */
export const ready = sdkRoute({
  method: "GET",
  path: "/api/ready",
  scope: "open",
  async handler() {
    const { ready: isReady, checks } = await getReadiness();
    const failing = Object.entries(checks).filter(([, { ok }]) => !ok);
    const wireChecks = Object.fromEntries(
      Object.entries(checks).map(([name, { ok, detail }]) => [name, { status: ok ? "ok" : isReady ? "degraded" : "failed", detail }]),
    );
    if (!isReady) {
      const detail = failing.map(([, check]) => check.detail).join(" ");
      return refuse("not_ready", detail, { fields: { checks: wireChecks }, retryAfterSeconds: 1 });
    }
    return { ok: true, answer: { status: failing.length === 0 ? "ready" : "degraded", checks: wireChecks } };
  },
});
