import { systemContext } from "@/lib/auth/contexts";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { refuseFailure } from "@/lib/errors/refuse-failure";
import type { ApiRequest, ApiResponse } from "@/lib/http/api-request";
import { entityTag, matchesEntityTag } from "@/lib/http/etag";
import { problemResponse } from "@/lib/http/problem";
import { rateLimitHeaders } from "@/lib/http/rate-limit-headers";
import { callHeaderOf, requestIdOf } from "@/lib/http/request-id";
import { type Outcome, type Route, takesKeys } from "@/lib/http/route";
import { transportSecurity } from "@/lib/http/transport-security";
import { logger } from "@/lib/logger";
import { getMetrics } from "@/lib/metrics/metrics";
import { newestCheckpointOf } from "@/lib/receipts/log/newest-checkpoints";
import type { Resource } from "./resource";

interface HandledRequest {
  readonly response: ApiResponse;
  readonly workspaceId?: string | undefined;
  readonly error?: unknown;
}

/** Handles any API request and logs it on one line. `resource` is null when the API has no such path. Never rejects. */
export async function handleRequest(resource: Resource | null, request: ApiRequest): Promise<ApiResponse> {
  const startedAtMs = performance.now();
  const requestId = requestIdOf(request.headers);
  return finish(await respond(resource, request, requestId), { resource, request, requestId, startedAtMs });
}

/** Responds to a request refused before its path was looked up. */
export function respondWithRefusal(refusal: Refusal, request: ApiRequest, moreHeaders: Readonly<Record<string, string>> = {}): ApiResponse {
  const requestId = requestIdOf(request.headers);
  const { headers, ...problem } = problemResponse(refusal, requestId);
  const response = { ...problem, headers: { ...headers, ...moreHeaders } };
  return finish({ response }, { resource: null, request, requestId, startedAtMs: performance.now() });
}

interface RequestLogContext {
  readonly resource: Resource | null;
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly startedAtMs: number;
}

/** Logs the request and adds the headers every response has. */
function finish(
  { response, workspaceId, error }: HandledRequest,
  { resource, request, requestId, startedAtMs }: RequestLogContext,
): ApiResponse {
  const { status } = response;
  const level = status >= 500 ? "error" : status >= 400 ? "info" : "debug";
  if (logger.isLevelEnabled(level)) {
    const durationMs = Math.round((performance.now() - startedAtMs) * 10) / 10;
    const { method, clientAddress } = request;
    const line = { method, route: resource?.path ?? null, status, durationMs, requestId, clientAddress, workspaceId };
    logger[level]({ ...line, ...(error !== undefined && { error }) }, "request");
  }
  getMetrics()?.apiRequests.inc({ route: resource?.path ?? "none", status });
  const headers = {
    ...response.headers,
    ...callHeaderOf(request.headers),
    "X-Request-Id": requestId,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...transportSecurity(getEnv().DAAI_PUBLIC_URL),
  };
  return { ...response, headers };
}

async function respond(resource: Resource | null, request: ApiRequest, requestId: string): Promise<HandledRequest> {
  if (!resource) {
    return { response: problemResponse(refuse("route_not_found", "The API has no such path. See the API reference."), requestId) };
  }
  const { allow } = resource;
  if (request.method === "OPTIONS") return { response: { status: 204, headers: { Allow: allow }, body: null } };
  const route = resource.routes.get(request.method === "HEAD" ? "GET" : request.method);
  if (!route) {
    const { headers, ...rest } = problemResponse(refuse("method_not_allowed", `Use ${allow.replaceAll(", ", " or ")}.`), requestId);
    return { response: { ...rest, headers: { ...headers, Allow: allow } } };
  }
  try {
    const outcome = await route.answer(request);
    const { workspaceId } = outcome;
    const response = toResponse(outcome, route, request, requestId);
    const checkpoint = takesKeys(route.scope) && workspaceId !== undefined ? newestCheckpointOf(systemContext(workspaceId)) : null;
    if (checkpoint === null) return { response, workspaceId };
    return { response: { ...response, headers: { ...response.headers, "DAAI-Checkpoint": checkpoint } }, workspaceId };
  } catch (error) {
    return { response: problemResponse(refuseFailure(error), requestId), error };
  }
}

function toResponse(outcome: Outcome, route: Route, request: ApiRequest, requestId: string): ApiResponse {
  const limits = outcome.rateLimits ? rateLimitHeaders(outcome.rateLimits) : undefined;
  if (!outcome.ok) {
    const problem = problemResponse(outcome, requestId);
    return { ...problem, headers: { ...problem.headers, ...limits } };
  }
  const status = outcome.isWaiting === true ? 202 : outcome.isNew === true ? 201 : 200;
  const body = JSON.stringify(outcome.answer);
  const headers: Record<string, string> = { "Content-Type": "application/json", ...limits };
  // What waits isn't the resource's state, which a tag would name.
  if (!route.hasEntityTag || outcome.isWaiting === true) return { status, headers, body };
  const tag = entityTag(body);
  if (route.method === "GET" && matchesEntityTag(request.headers["if-none-match"], tag))
    return { status: 304, headers: { ...limits, ETag: tag }, body: null };
  return { status, headers: { ...headers, ETag: tag }, body };
}
