// Verifies that a webhook comes from the console, according to the Standard Webhooks specification.

import { type Bytes, bytesOfBase64 } from "@/lib/domain/log/byte-text";
import { memberOf, WebhookVerificationError } from "./errors";
import type { WireObject } from "./models";

/** An event. It can be delivered more than once, each time with the same `id`, and out of order. */
export interface WebhookEvent {
  readonly id: string;
  /**
   * `run.pending`, `run.decided`, `run.expired`, `run.revoked`, `run.uncollected`, `run.executed`, `run.failed`, `run.in_doubt`,
   * `workspace.frozen`, `workspace.thawed`, `policy.proposed`, `policy.confirmed`, `policy.declined`, `policy.ended`, `grant.created`,
   * `grant.revoked`, `grant.ended` or `test`.
   */
  readonly type: string;
  /** When it happened, as the console wrote it. */
  readonly timestamp: string;
  readonly data: WireObject;
  /** The run it is about, and for a grant the one whose approval gave it; null for a freeze, a policy change and a test. */
  readonly actionRunId: string | null;
}

export interface VerifyWebhookOptions {
  /** How far the timestamp may be from this clock; 300 if not given. */
  readonly toleranceSeconds?: number | undefined;
  /** This clock, in milliseconds; `Date.now` if not given. */
  readonly now?: (() => number) | undefined;
}

/** What frameworks have headers in: the web's Headers, or their own. */
interface HeadersLike {
  get(name: string): string | null | undefined;
}

/**
 * Returns the event if one of the secrets signed it in time. `body` is the request's, as it was received: before anything parses it.
 * `secret` is the one that the console showed, `whsec_...`; pass several during a rotation. Otherwise throws a WebhookVerificationError: a
 * header is missing, the signature doesn't match, the timestamp is too far off, or the body isn't an event.
 */
export async function verifyWebhook(
  body: string | Uint8Array | ArrayBuffer,
  headers: HeadersLike | Readonly<Record<string, string | readonly string[] | undefined>>,
  secret: string | readonly string[],
  { toleranceSeconds = 300, now = Date.now }: VerifyWebhookOptions = {},
): Promise<WebhookEvent> {
  const [id, sentAt, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => headerOf(headers, name)) as [
    string,
    string,
    string,
  ];
  const text = typeof body === "string" ? body : decode(body);
  const keys = await Promise.all([secret].flat().map(importKey));
  if (keys.length === 0) throw new WebhookVerificationError("no secret was given");
  const signed = new TextEncoder().encode(`${id}.${sentAt}.${text}`);
  const pairs = signaturesIn(signatures).flatMap((signature) => keys.map((key) => crypto.subtle.verify("HMAC", key, signature, signed)));
  // Every pair is compared, each in constant time, so that the time reveals nothing.
  if (!(await Promise.all(pairs)).includes(true)) {
    throw new WebhookVerificationError("no signature matches: it was signed with another secret, or the body was changed");
  }
  checkTime(sentAt, toleranceSeconds, now() / 1000);
  return eventOf(id, text);
}

function headerOf(headers: Parameters<typeof verifyWebhook>[1], name: string): string {
  const found: unknown =
    typeof headers.get === "function" ? headers.get(name) : Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  if (typeof found !== "string" || found === "") throw new WebhookVerificationError(`the header ${name} is missing`);
  return found;
}

function decode(body: Uint8Array | ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new WebhookVerificationError("the body isn't UTF-8");
  }
}

async function importKey(secret: string): Promise<CryptoKey> {
  const key = bytesOfBase64(secret.replace(/^whsec_/, ""));
  if (key === null || key.length === 0) {
    throw new WebhookVerificationError("the secret isn't in the form the console showed (whsec_...)");
  }
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

function signaturesIn(header: string): Bytes[] {
  return header.split(" ").flatMap((one) => (one.startsWith("v1,") ? (bytesOfBase64(one.slice(3)) ?? []) : []));
}

function checkTime(sentAt: string, toleranceSeconds: number, now: number): void {
  if (!/^\d{1,15}$/.test(sentAt)) throw new WebhookVerificationError("the header webhook-timestamp isn't in seconds");
  const age = now - Number(sentAt);
  if (Math.abs(age) <= toleranceSeconds) return;
  throw new WebhookVerificationError(
    `the webhook's timestamp is ${Math.abs(age).toFixed(0)} s ${age > 0 ? "behind" : "ahead of"} this clock`,
  );
}

function eventOf(id: string, text: string): WebhookEvent {
  const read = parse(text);
  const [type, timestamp, data] = ["type", "timestamp", "data"].map((name) => memberOf(read, name));
  const isObject = typeof data === "object" && data !== null && !Array.isArray(data);
  if (typeof type !== "string" || typeof timestamp !== "string" || !isObject) throw new WebhookVerificationError("the body isn't an event");
  const actionRunId = memberOf(data, "action_run_id");
  return { id, type, timestamp, data: data as WireObject, actionRunId: typeof actionRunId === "string" ? actionRunId : null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
