/** A finished mail. None of its header fields holds a line break. */
export interface MailMessage {
  /** The delivery's id, the same on every try: a provider that knows it already must not send again. */
  readonly idempotencyKey: string;
  /** An address, also as `Name <address>`. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The delivery whose thread it belongs to: that of the first mail about the same, or its own. */
  readonly thread?: string | null;
}

/** A way to get mail out of the house. */
export interface MailProvider {
  /** Short and stable; kept with each delivery. */
  readonly name: string;
  /**
   * Resolves once the provider has taken the mail; without an id when an earlier try had brought it already. Rejects with
   * MailRefused when it never will, otherwise when it has not, or when that is not known: then try again.
   */
  send(message: MailMessage): Promise<{ providerMessageId: string | null }>;
}
