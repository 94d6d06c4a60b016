import type { ErrorResponse } from "resend";
import type { MailMessage, MailProvider } from "./mail-provider";
import { MailDeferred, MailRefused } from "./mail-refused";
import { messageId, threadHeaders } from "./thread-headers";

/** A timeout, so that an unresponsive provider doesn't block the worker. */
const TIMEOUT_MS = 10_000;

/**
 * Resend's errors about this email alone. Others (the key, the sender's domain, a quota) can be fixed by the operator, so they are retried.
 */
const REFUSES_THIS_MAIL: readonly number[] = [400, 413, 422];

/** Sends through Resend's API. Its idempotency key ensures that a repeated email is sent once. */
export function resendProvider({
  apiKey,
  baseUrl,
  timeoutMs = TIMEOUT_MS,
}: {
  apiKey: string;
  baseUrl: string | undefined;
  timeoutMs?: number;
}): MailProvider {
  return {
    name: "resend",
    async send(message: MailMessage) {
      const { from, to, subject, html, text, idempotencyKey } = message;
      // Loaded with the first email, like the templates.
      const { Resend } = await import("resend");
      const resend = new Resend(apiKey, baseUrl === undefined ? {} : { baseUrl: baseUrl.replace(/\/+$/, "") });
      // Every event includes the tag, even when the response to this request is lost.
      const headers = headersOf(message);
      const mail = { from, to, subject, html, text, ...(headers && { headers }), tags: [{ name: "delivery_id", value: idempotencyKey }] };
      const { data, error, headers: answered } = await resend.emails.send(mail, { idempotencyKey, signal: AbortSignal.timeout(timeoutMs) });
      if (data) return { providerMessageId: data.id };
      // The key is this delivery's alone, so an earlier try has sent it; it differs in the time that is left.
      if (error.name === "invalid_idempotent_request") return { providerMessageId: null };
      throw asFailure(error, answered?.["retry-after"]);
    },
  };
}

/** Resend sets the Message-ID itself, so a thread's emails, including the first, share a reference instead. */
function headersOf(message: MailMessage): Record<string, string> | null {
  const { thread = null, from } = message;
  return thread === null ? null : { References: messageId(thread, from), ...threadHeaders(message) };
}

function asFailure({ statusCode, name, message }: ErrorResponse, retryAfter: string | undefined): Error {
  const text = `Resend: ${statusCode === null ? "no answer" : `${statusCode} ${name}`}: ${message}`;
  if (statusCode !== null && REFUSES_THIS_MAIL.includes(statusCode)) return new MailRefused(text);
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds > 0 ? new MailDeferred(text, seconds) : new Error(text);
}
