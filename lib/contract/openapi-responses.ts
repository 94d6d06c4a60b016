import { z } from "zod";
import type { ZodOpenApiHeadersObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import { problemSchema } from "./problem";

const PROBLEMS = {
  400: "The body isn't a JSON object in UTF-8, or the request is ambiguous.",
  401: "A key is missing, malformed, unknown or revoked, or the keys belong to different workspaces.",
  403: "A limit has been reached: see limit, used and resets_at. Or the management key doesn't have the scope.",
  404: "Not found. The response is the same for what belongs to other workspaces.",
  405: "The path doesn't support this method. The Allow header lists those it supports.",
  409: "Conflicts with an earlier decision, claim or report.",
  410: "The link has expired, was already used or was revoked.",
  412: "It was changed after you read it, or If-None-Match asked for a new one. Nothing was changed.",
  413: "The body, payload or result is too large.",
  415: "The body is compressed, or its content type isn't JSON.",
  422: "A field is missing, mistyped, too long or out of range, or a number can't be stored exactly.",
  429: "A rate limit has been reached.",
  500: "The console failed. Do not run anything based on this response.",
  503: "The console can't decide now. Its database is unavailable, or it is shutting down.",
} as const;

export type ProblemStatus = keyof typeof PROBLEMS;

/** The headers of every response. */
export const PLAIN_HEADERS: ZodOpenApiHeadersObject = {
  "X-Request-Id": textHeader("Identifies this request in logs and problems. A client's own id is echoed if it is well-formed."),
  "DAAI-Call": textHeader("Echoes the request's header, if it had one."),
};

/** What a client may send with any request. */
export const callHeadersSchema = z.object({
  "DAAI-Call": z.string().max(128).optional().meta({
    description:
      "Echoed in the response, even if it is a problem. Letters, digits, . _ : and -. Send a random value, and reject any response that doesn't echo it.",
  }),
});

/** The headers of every response to an SDK (draft-ietf-httpapi-ratelimit-headers). */
export const SDK_HEADERS: ZodOpenApiHeadersObject = {
  ...PLAIN_HEADERS,
  RateLimit: textHeader('What remains of each quota, such as "minute";r=29;t=41. Omitted if there is no quota.'),
  "RateLimit-Policy": textHeader('Each quota and its window, such as "minute";q=30;w=60. Omitted if there is no quota.'),
};

export function textHeader(description: string) {
  return { description, schema: { type: "string" as const } };
}

export function jsonResponse(
  description: string,
  schema: z.ZodType,
  headers: ZodOpenApiHeadersObject = PLAIN_HEADERS,
): ZodOpenApiResponseObject {
  return { description, headers, content: { "application/json": { schema } } };
}

/** The error responses of an operation. Every operation can fail with 405, 500 and 503. */
export function problemResponses(...statuses: ProblemStatus[]): ZodOpenApiResponsesObject {
  const all: ProblemStatus[] = [...statuses, 405, 500, 503];
  return Object.fromEntries(all.map((status) => [String(status), RESPONSES[status]]));
}

function problemResponse(status: ProblemStatus): ZodOpenApiResponseObject {
  return {
    id: `Problem${status}`,
    description: PROBLEMS[status],
    headers: { ...PLAIN_HEADERS, ...EXTRA_HEADERS[status] },
    content: { "application/problem+json": { schema: problemSchema } },
  };
}

const retryAfter = {
  "Retry-After": { description: "Wait this many seconds before retrying.", schema: { type: "integer" as const } },
};

const EXTRA_HEADERS: Partial<Record<ProblemStatus, ZodOpenApiHeadersObject>> = {
  405: { Allow: textHeader("The methods the path supports.") },
  429: retryAfter,
  503: retryAfter,
};

// One object per status, so that the document defines each once and refers to it.
const RESPONSES = Object.fromEntries(
  (Object.keys(PROBLEMS).map(Number) as ProblemStatus[]).map((status) => [status, problemResponse(status)]),
) as Record<ProblemStatus, ZodOpenApiResponseObject>;
