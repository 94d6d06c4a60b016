import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { systemContext } from "@/lib/auth/contexts";
import { getEnv } from "@/lib/env";
import type { ApiResponse } from "@/lib/http/api-request";
import { sendResponse } from "@/lib/http/mounts/send-response";
import { getMetrics } from "@/lib/metrics/metrics";
import { metricsText } from "@/lib/overview/metrics-text";

export const METRICS_PATH = "/metrics";

/** Responds to a scrape: with DAAI_METRICS_TOKEN set, to whoever sends it, and otherwise to everyone. */
export async function serveMetrics(message: IncomingMessage, reply: ServerResponse): Promise<void> {
  sendResponse(message, reply, await respond(message));
}

async function respond({ method, headers }: IncomingMessage): Promise<ApiResponse> {
  const metrics = getMetrics();
  if (metrics === null) return text(404, "Metrics are off. Set DAAI_METRICS_TOKEN or DAAI_METRICS_PORT.\n");
  if (method !== "GET" && method !== "HEAD") return text(405, "Use GET.\n", { Allow: "GET, HEAD" });
  const { DAAI_METRICS_TOKEN: token } = getEnv();
  if (token !== undefined && !isToken(headers.authorization, token))
    return text(401, "Send DAAI_METRICS_TOKEN as a bearer token.\n", { "WWW-Authenticate": "Bearer" });
  return text(200, await metricsText(systemContext(null), metrics.registry), { "Content-Type": metrics.registry.contentType });
}

export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", ...headers },
    body,
  };
}

/** Takes the same time for every wrong token. */
function isToken(authorization: string | undefined, token: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${token}`));
}
