import { MAILBOX } from "@/lib/domain/runs/delivery-state";
import { getEnv } from "@/lib/env";

/** By which way mail leaves. The settings allow one at most. */
export function mailProviderName(): "resend" | "smtp" | typeof MAILBOX {
  const { RESEND_API_KEY, SMTP_URL } = getEnv();
  return RESEND_API_KEY ? "resend" : SMTP_URL ? "smtp" : MAILBOX;
}
