import { DaaiApiError, DaaiConnectionError, DaaiPayloadError, memberOf } from "./errors";
import type { Inside } from "./inside";
import { type Build, CALL_HEADER, parseResponse } from "./parse-response";
import { randomId } from "./payload-hash";
import { retryDelay } from "./retry";
import { VERSION } from "./version";

/** Codes of Node, Bun and their HTTP clients for a console that couldn't be reached. */
const NOT_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/;

export interface Sending {
  readonly signal?: AbortSignal | undefined;
  /** Called after an attempt that failed, if the console may have received it. */
  readonly onSent?: (() => void) | undefined;
  /** Nothing will run because of the response, so a witness doesn't verify it. */
  readonly toRelease?: boolean;
}

export interface Call<T> extends Sending {
  /** After the base URL. With a body it is sent to it, without one it is read. */
  readonly path: string;
  readonly body?: object;
  readonly build: Build<T>;
  /** How long the console holds the request open. */
  readonly extraSeconds?: number;
  /** Statuses that aren't retried. */
  readonly final?: readonly number[];
}

/** Throws a DaaiPayloadError for what isn't a run's id. */
export function runPath(runId: string, rest: string): string {
  // An address has no segment of these names.
  if (typeof runId !== "string" || /^\.{0,2}$/.test(runId)) throw new DaaiPayloadError("run_id", "isn't the id of a run");
  return `/v1/sdk/action-runs/${encodeURIComponent(runId)}/${rest}`;
}

/**
 * Calls the console, in up to three attempts. Every request is idempotent, so each can be repeated. Throws the signal's reason when it is
 * aborted.
 */
export async function callConsole<T>(inside: Inside, call: Call<T>): Promise<T> {
  const { final = [], signal, onSent } = call;
  const id = randomId();
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await callOnce(inside, call, id);
    } catch (error) {
      if (!isNotConnected(error)) onSent?.();
      const isFinal = error instanceof DaaiApiError && final.includes(error.statusCode);
      const delay = isFinal ? null : retryDelay(error, attempt, inside.random);
      if (delay === null) throw error;
      await inside.sleep(delay, signal);
    }
  }
}

/** One attempt. `id` is echoed in the response, so that it can't be mistaken for another's. */
export async function callOnce<T>(inside: Inside, call: Call<T>, id: string): Promise<T> {
  const { path, body, build, extraSeconds = 0, signal } = call;
  // Called on its own: a browser's fetch refuses to be the method of another object.
  const { fetch } = inside;
  const url = inside.baseUrl + path;
  const seconds = inside.timeoutSeconds + extraSeconds;
  const ending = new AbortController();
  const abort = () => ending.abort();
  signal?.addEventListener("abort", abort, { once: true });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    abort();
  }, seconds * 1000);
  let response: Response;
  let content: ArrayBuffer;
  try {
    response = await fetch(url, {
      method: body ? "POST" : "GET",
      headers: {
        ...inside.headers,
        [CALL_HEADER]: id,
        // Older consoles echo this one.
        "X-Request-Id": id,
        Accept: "application/json, application/problem+json",
        "User-Agent": `daai-js/${VERSION}`,
        ...(body && { "Content-Type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: "manual",
      cache: "no-store",
      signal: ending.signal,
    });
    content = await response.arrayBuffer();
  } catch (error) {
    signal?.throwIfAborted();
    const reason = isLate ? `nothing within ${seconds} seconds` : reasonOf(error);
    throw new DaaiConnectionError(`no response from ${url}: ${reason}`, { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
  await inside.witness?.check(inside, call, response);
  return parseResponse(response, content, build, id);
}

function isNotConnected(error: unknown): boolean {
  const cause = error instanceof DaaiConnectionError && error.cause;
  return [cause, memberOf(cause, "cause")].some((one) => NOT_CONNECTED.test(String(memberOf(one, "code"))));
}

/** `fetch` only says that it failed; what it was is the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, message } = (error.cause ?? error) as { readonly code?: string; readonly message?: string };
  return message || code || error.message;
}
