// From an HTTP response to a model or an error. Anything unexpected is an error: it fails closed.

import { scanJson } from "@/lib/domain/json/json-scanner";
import {
  DaaiApiError,
  DaaiConflictError,
  DaaiForeignResponseError,
  DaaiMalformedResponseError,
  DaaiNotFoundError,
  DaaiQuotaError,
  DaaiRateLimitError,
  DaaiTooSoonError,
  DaaiUnauthorizedError,
  DaaiUnavailableError,
  DaaiValidationError,
  memberOf,
  textIn,
} from "./errors";
import type { RateLimit, WireObject } from "./models";
import { WireError } from "./parse-models";
import { isPlainObject } from "./payload";
import { parseRetryAfter } from "./retry";

/** Makes a model of the body of a response. Throws a WireError if it isn't about what was asked. */
export type Build<T> = (body: WireObject, echo: Echo) => T | Promise<T>;

/** What shows that a response belongs to its request: "call" from consoles since 0.3, "request id" from older ones. */
export type Echo = "call" | "request id" | "none";

export const CALL_HEADER = "DAAI-Call";

const BY_STATUS: Readonly<Record<number, typeof DaaiApiError>> = {
  401: DaaiUnauthorizedError,
  403: DaaiQuotaError,
  404: DaaiNotFoundError,
  409: DaaiConflictError,
  413: DaaiValidationError,
  422: DaaiValidationError,
  429: DaaiRateLimitError,
};

/**
 * Builds the model from a 200 response to `call`. Throws the DaaiApiError that matches any other status, and a DaaiMalformedResponseError
 * for a response that isn't to this call, not `application/json`, not UTF-8, not one JSON object with distinct names, or that `build`
 * rejects.
 */
export async function parseResponse<T>(response: Response, content: ArrayBuffer, build: Build<T>, call: string): Promise<T> {
  const { status, headers } = response;
  if (status >= 400) throw classify(response, content, call);
  try {
    if (status !== 200) throw new WireError("the status isn't 200");
    if (mediaType(headers) !== "application/json") throw new WireError("the content type isn't application/json");
    const body = readJson(content);
    if (!isPlainObject(body)) throw new WireError("it isn't a JSON object");
    return withRateLimits(await build(body as WireObject, echoOf(call, headers)), headers);
  } catch (error) {
    // TypeError and SyntaxError: not UTF-8, not JSON, or text that has no canonical form.
    if (!(error instanceof WireError || error instanceof TypeError || error instanceof SyntaxError)) throw error;
    const details = {
      statusCode: status,
      code: "malformed_answer",
      body: new TextDecoder().decode(content),
      requestId: headers.get("X-Request-Id"),
    };
    throw new DaaiMalformedResponseError(`the console's response can't be trusted: ${error.message}`, details, { cause: error });
  }
}

/** The console echoes the call's header: a response with another value belongs to another request. */
function echoOf(call: string, headers: Headers): Echo {
  const named = headers.get(CALL_HEADER);
  if (named === call) return "call";
  if (named !== null) throw new WireError("it is the response to another request");
  return headers.get("X-Request-Id") === call ? "request id" : "none";
}

/**
 * The error for a 4xx or 5xx response; its body is a problem document (RFC 9457) or anything at all. A response that isn't the console's,
 * such as a proxy's own 404, says nothing about a run.
 */
function classify({ status, statusText, headers }: Response, content: ArrayBuffer, call: string): DaaiApiError {
  const body = readAny(content);
  const code = textIn(body, "code");
  const requestId = textIn(body, "request_id") ?? headers.get("X-Request-Id");
  const detail = textIn(body, "detail") ?? textIn(body, "title") ?? statusText;
  const isOwn = isTheConsoles(headers, body, code, call);
  const foreign = isOwn ? "" : " - sent by something between here and the console";
  const message = `${status}${code === null ? "" : ` ${code}`}: ${detail}${foreign}${requestId ? ` (request ${requestId})` : ""}`;
  const retryAfter = parseRetryAfter(headers.get("Retry-After"), Date.now());
  const Kind = isOwn ? kindOf(status, code) : DaaiForeignResponseError;
  return new Kind(message, { statusCode: status, code, body, requestId, retryAfter });
}

function kindOf(status: number, code: string | null): typeof DaaiApiError {
  if (code === "ask_again_too_soon") return DaaiTooSoonError;
  return BY_STATUS[status] ?? (status >= 500 ? DaaiUnavailableError : DaaiApiError);
}

function isTheConsoles(headers: Headers, body: unknown, code: string | null, call: string): boolean {
  const named = headers.get(CALL_HEADER);
  if (named !== null) return named === call;
  // An older console, or a proxy that drops the header: the console's problems link to their documentation.
  return mediaType(headers) === "application/problem+json" && !!code && !!textIn(body, "type")?.endsWith(`/docs/errors#${code}`);
}

function readAny(content: ArrayBuffer): unknown {
  try {
    return readJson(content);
  } catch {
    return new TextDecoder().decode(content);
  }
}

/** Throws for what JSON.parse lets pass: names that occur twice, numbers that would be changed by reading them. */
function readJson(content: ArrayBuffer): unknown {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  const value: unknown = JSON.parse(text);
  const { flaw } = scanJson(text);
  if (flaw !== null) throw new WireError([flaw.path.join("."), flaw.problem].join(" ").trim());
  return value;
}

function mediaType(headers: Headers): string | undefined {
  return headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
}

const QUOTA = /"([^"]+)";q=(\d{1,15});w=(\d{1,15})/g;
const REMAINING = /"([^"]+)";r=(\d{1,15});t=(\d{1,15})/g;

/** From RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10), where well-formed. */
function withRateLimits<T>(model: T, headers: Headers): T {
  if (memberOf(model, "rateLimits") === undefined) return model;
  const policies = limitsIn(headers.get("RateLimit-Policy"), QUOTA);
  const rateLimits = [...limitsIn(headers.get("RateLimit"), REMAINING)].flatMap(([name, [remaining, resetSeconds]]): RateLimit[] => {
    const [quota, windowSeconds] = policies.get(name) ?? [];
    return quota === undefined || windowSeconds === undefined ? [] : [{ name, quota, windowSeconds, remaining, resetSeconds }];
  });
  return { ...model, rateLimits };
}

function limitsIn(header: string | null, pattern: RegExp): Map<string, readonly [number, number]> {
  const found = [...(header ?? "").matchAll(pattern)];
  return new Map(found.map(([, name = "", one, two]) => [name, [Number(one), Number(two)]] as const));
}
