import type { MailProvider } from "@/lib/email/mail-provider";
import { mailboxProvider } from "@/lib/email/mailbox-provider";
import { resendProvider } from "@/lib/email/resend-provider";
import { smtpProvider } from "@/lib/email/smtp-provider";
import { getEnv } from "@/lib/env";
import type { SystemContext } from "@/lib/security/context";
import { storeMailboxMessage } from "./store-mailbox-message";

/** The provider that the settings name; the mailbox when they name none. */
export function chooseMailProvider(ctx: SystemContext): MailProvider {
  const { RESEND_API_KEY, RESEND_BASE_URL, SMTP_URL } = getEnv();
  if (RESEND_API_KEY) return resendProvider({ apiKey: RESEND_API_KEY, baseUrl: RESEND_BASE_URL });
  return SMTP_URL ? smtpProvider(SMTP_URL) : mailboxProvider((message) => storeMailboxMessage(ctx, message));
}
