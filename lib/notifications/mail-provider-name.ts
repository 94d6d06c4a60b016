import { MAILBOX } from "@/lib/domain/runs/delivery-state";
import { getEnv } from "@/lib/env";

/** By which way mail leaves. The settings allow one at most. */
export function mailProviderName(): "resend" | "smtp" | typeof MAILBOX {
  const { RESEND_API_KEY, SMTP_URL } = getEnv();
  return RESEND_API_KEY ? "resend" : SMTP_URL ? "smtp" : MAILBOX;
}

/** The same for people; null: there is none. Of the server's address only what is no secret. */
export function mailProviderWords(): string | null {
  const { SMTP_URL } = getEnv();
  const name = mailProviderName();
  if (name === MAILBOX) return null;
  return name === "resend" || SMTP_URL === undefined ? "Resend" : `SMTP, through ${new URL(SMTP_URL).host}`;
}
