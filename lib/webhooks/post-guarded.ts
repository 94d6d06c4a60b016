import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { performance } from "node:perf_hooks";
import { guardedLookup, type Resolve, refuseLiteral } from "./guarded-lookup";
import { isAllowedAddress, isListedAddress } from "./is-allowed-address";
import { type Header, keptHeaders } from "./kept-headers";

const TIMEOUT_MS = 10_000;
const KEPT_BYTES = 1024;

export interface PostOutcome {
  /** As they were sent, all of them. */
  readonly requestHeaders: readonly Header[];
  readonly responseHeaders: readonly Header[];
  /** null: no response; `error` explains why. */
  readonly status: number | null;
  /** The first kilobyte of the response. */
  readonly body: string | null;
  readonly error: string | null;
  readonly retryAfterSeconds: number | null;
  readonly durationMs: number;
}

export interface PostOptions {
  readonly allowedRanges: readonly string[];
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
}

/**
 * Posts to a URL that others may have chosen: only to public addresses, only over HTTPS, except where the operator allows more. Never
 * follows redirects, takes at most ten seconds, and uses its own connection for every request.
 */
export async function postGuarded(
  url: URL,
  message: { headers: Record<string, string>; body: string },
  options: PostOptions,
): Promise<PostOutcome> {
  const begun = performance.now();
  const since = () => Math.round(performance.now() - begun);
  const headers = { Host: url.host, ...message.headers, "Content-Length": String(Buffer.byteLength(message.body)), Connection: "close" };
  const requestHeaders = Object.entries(headers);
  try {
    const answer = await send(url, { headers, body: message.body }, options);
    const retryAfter = Number(answer.headers["retry-after"]);
    return {
      requestHeaders,
      responseHeaders: keptHeaders(answer.rawHeaders),
      status: answer.statusCode ?? 0,
      body: await readStart(answer),
      error: null,
      retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
      durationMs: since(),
    };
  } catch (error) {
    return {
      requestHeaders,
      responseHeaders: [],
      status: null,
      body: null,
      error: errorWords(error),
      retryAfterSeconds: null,
      durationMs: since(),
    };
  }
}

function send(
  url: URL,
  { headers, body }: { headers: Record<string, string>; body: string },
  { allowedRanges, resolve, timeoutMs = TIMEOUT_MS }: PostOptions,
): Promise<IncomingMessage> {
  return new Promise((answered, failed) => {
    const isSecure = url.protocol === "https:";
    const isAllowed = (address: string) => (isSecure ? isAllowedAddress : isListedAddress)(address, allowedRanges);
    refuseLiteral(url, isAllowed);
    const request = (isSecure ? httpsRequest : httpRequest)(url, {
      method: "POST",
      headers,
      agent: false,
      lookup: guardedLookup(isAllowed, resolve),
      signal: AbortSignal.timeout(timeoutMs),
    });
    request.on("response", answered).on("error", failed);
    request.end(body);
  });
}

/** The status decides; a long, slow or broken body changes nothing about it. */
async function readStart(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      pieces.push(piece);
      length += piece.length;
      if (length >= KEPT_BYTES) break;
    }
  } catch {
    // Keeps what has arrived.
  }
  answer.destroy();
  // PostgreSQL holds no NUL.
  return Buffer.concat(pieces).subarray(0, KEPT_BYTES).toString("utf8").replaceAll("\0", "\ufffd");
}

function errorWords(error: unknown): string {
  if (!(error instanceof Error)) return "The request failed.";
  if (error.name === "AbortError" || error.name === "TimeoutError") return "There was no response in time.";
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  return (error.message || code || "The request failed.").replaceAll("\0", "\ufffd").slice(0, 500);
}
