import type { MailMessage, MailProvider } from "./mail-provider";
import { MailRefused } from "./mail-refused";
import { messageId, readSender, threadHeaders } from "./thread-headers";

/** A timeout, so that an unresponsive server doesn't block the worker. */
const TIMEOUTS = { connectMs: 8000, silenceMs: 10_000, wholeMs: 30_000 };

/**
 * Responses of 500 or more to these commands are about this email. Others (greeting, login, sender) can be fixed by the operator, so they
 * are retried.
 */
const REFUSES_THIS_MAIL: readonly string[] = ["RCPT TO", "DATA"];

/**
 * Sends through an SMTP server. SMTP is not idempotent: if the connection breaks after the email was sent, it is sent again with the same
 * Message-ID, by which receivers can drop the duplicate.
 */
export function smtpProvider(url: string, timeouts: typeof TIMEOUTS = TIMEOUTS): MailProvider {
  return {
    name: "smtp",
    async send(message) {
      // Loaded with the first email, like the templates.
      const { createTransport } = await import("nodemailer");
      const transport = createTransport({
        url,
        ...encryption(url),
        dnsTimeout: timeouts.connectMs,
        connectionTimeout: timeouts.connectMs,
        greetingTimeout: timeouts.connectMs,
        socketTimeout: timeouts.silenceMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        const mail = { ...smtpMail(message), signal: AbortSignal.timeout(timeouts.wholeMs) };
        const { messageId } = await transport.sendMail(mail);
        return { providerMessageId: messageId };
      } catch (error) {
        throw asFailure(error);
      } finally {
        transport.close();
      }
    },
  };
}

/** A password does not travel in the clear, except to this machine. */
function encryption(url: string): { requireTLS?: boolean } {
  const { username, hostname, searchParams } = new URL(url);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return username !== "" && !isHere && !searchParams.has("requireTLS") ? { requireTLS: true } : {};
}

function smtpMail(message: MailMessage) {
  const { from, to, subject, html, text, idempotencyKey } = message;
  return {
    from: readSender(from),
    // As an object, so that no text in it can be taken for a second address.
    to: { name: "", address: to },
    subject,
    html,
    text,
    messageId: messageId(idempotencyKey, from),
    headers: { "Auto-Submitted": "auto-generated", ...threadHeaders(message) },
  };
}

function asFailure(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const { responseCode, command } = error as Error & { responseCode?: number; command?: string };
  const text = `SMTP: ${error.message}`;
  return responseCode !== undefined && responseCode >= 500 && REFUSES_THIS_MAIL.includes(command ?? "")
    ? new MailRefused(text)
    : new Error(text);
}
