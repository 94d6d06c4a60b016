import { MAILBOX } from "@/lib/domain/runs/delivery-state";
import { getEnv } from "@/lib/env";

/** Returns which provider sends email. The settings allow at most one. */
export function mailProviderName(): "resend" | "smtp" | typeof MAILBOX {
  const { RESEND_API_KEY, SMTP_URL } = getEnv();
  return RESEND_API_KEY ? "resend" : SMTP_URL ? "smtp" : MAILBOX;
}

/** Returns the provider's display name, without secrets from the server's URL; null: there is none. */
export function mailProviderWords(): string | null {
  const { SMTP_URL } = getEnv();
  const name = mailProviderName();
  if (name === MAILBOX) return null;
  return name === "resend" || SMTP_URL === undefined ? "Resend" : `SMTP, through ${new URL(SMTP_URL).host}`;
}
