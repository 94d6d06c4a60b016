import { z } from "zod";
import type { ZodOpenApiHeadersObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import { problemSchema } from "./problem";

const PROBLEMS = {
  400: "Not JSON, not an object, wrong content type, or not UTF-8; or a request that could be read in two ways.",
  401: "Keys missing, malformed, wrong, revoked, or of different workspaces.",
  403: "A monthly quota is used up: limit, used and resets_at say which.",
  404: "Nothing of this name here. What belongs to others answers the same.",
  405: "The path has other methods; Allow names them.",
  409: "A conflict with what was decided, claimed or reported before.",
  410: "The link has expired or has been used.",
  413: "The body, payload or result is too large.",
  415: "The body is compressed; send it as it is.",
  422: "A field is missing, mistyped, too long or out of range, or a number cannot be kept exactly.",
  429: "A rate limit is used up.",
  500: "The console failed. Nothing may run on this answer.",
  503: "The console cannot decide now: its database is away, or it is stopping.",
} as const;

export type ProblemStatus = keyof typeof PROBLEMS;

/** The headers of every answer. */
export const PLAIN_HEADERS: ZodOpenApiHeadersObject = {
  "X-Request-Id": textHeader("Names this request in logs and problems. A client's own is echoed when it is sane."),
  "DAAI-Call": textHeader("The request's own, when it had one."),
};

/** What a client may send with any request. */
export const callHeadersSchema = z.object({
  "DAAI-Call": z.string().max(128).optional().meta({
    description:
      "Comes back with the answer, also with a problem: letters, digits, . _ : and -. Send a random one, and take no answer without it for the console's.",
  }),
});

/** The headers of every answer to an SDK (draft-ietf-httpapi-ratelimit-headers). */
export const SDK_HEADERS: ZodOpenApiHeadersObject = {
  ...PLAIN_HEADERS,
  RateLimit: textHeader('What remains of each quota, as in "minute";r=29;t=41. Absent when there is none.'),
  "RateLimit-Policy": textHeader('Each quota and its window, as in "minute";q=30;w=60. Absent when there is none.'),
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

/** The error answers of an operation. Every operation can fail with 405, 500 and 503. */
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
  "Retry-After": { description: "Wait this many seconds before trying again.", schema: { type: "integer" as const } },
};

const EXTRA_HEADERS: Partial<Record<ProblemStatus, ZodOpenApiHeadersObject>> = {
  405: { Allow: textHeader("The methods that the path has.") },
  429: retryAfter,
  503: retryAfter,
};

// One object a status, so that the document holds each once and refers to it.
const RESPONSES = Object.fromEntries(
  (Object.keys(PROBLEMS).map(Number) as ProblemStatus[]).map((status) => [status, problemResponse(status)]),
) as Record<ProblemStatus, ZodOpenApiResponseObject>;
