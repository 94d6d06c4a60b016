import { getEnv } from "@/lib/env";

/** Whether mail stays in the console's own mailbox, where the operator reads it, because nothing is set up that sends it. */
export function isMailKept(): boolean {
  const { RESEND_API_KEY, SMTP_URL } = getEnv();
  return RESEND_API_KEY === undefined && SMTP_URL === undefined;
}
