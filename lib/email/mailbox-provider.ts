import type { MailMessage, MailProvider } from "./mail-provider";

/** Keeps a mail; the same idempotency key again gives the first one's id. */
export type StoreMail = (message: MailMessage) => Promise<{ id: string }>;

/** Keeps mail in the console's own database, where the operator reads it: the flow is complete without any outside service. */
export function mailboxProvider(store: StoreMail): MailProvider {
  return {
    name: "mailbox",
    send: async (message) => ({ providerMessageId: (await store(message)).id }),
  };
}
