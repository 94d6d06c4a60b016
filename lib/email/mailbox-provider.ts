import type { MailMessage, MailProvider } from "./mail-provider";

/** Stores an email. Repeating the idempotency key returns the first one's id. */
export type StoreMail = (message: MailMessage) => Promise<{ id: string }>;

/** Keeps email in the console's own database, where the operator reads it, so that everything works without an external service. */
export function mailboxProvider(store: StoreMail): MailProvider {
  return {
    name: "mailbox",
    send: async (message) => ({ providerMessageId: (await store(message)).id }),
  };
}
