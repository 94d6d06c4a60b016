import { getEnv } from "@/lib/env";

/** By which way mail leaves. The settings allow one at most. */
export function mailProviderName(): "resend" | "smtp" | "mailbox" {
  const { RESEND_API_KEY, SMTP_URL } = getEnv();
  return RESEND_API_KEY ? "resend" : SMTP_URL ? "smtp" : "mailbox";
}
