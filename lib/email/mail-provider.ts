/** A rendered email. None of its header fields contains a line break. */
export interface MailMessage {
  /** The delivery's id, the same on every try: a provider that knows it already must not send again. */
  readonly idempotencyKey: string;
  /** An address, also as `Name <address>`. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The delivery that started its thread: the first email about the same subject, or itself. */
  readonly thread?: string | null;
}

/** A way to send email. */
export interface MailProvider {
  /** Short and stable; kept with each delivery. */
  readonly name: string;
  /**
   * Resolves once the provider accepted the email; without an id when an earlier try had delivered it. Rejects with MailRefused when it
   * never will, and otherwise when it didn't or may not have: then retry.
   */
  send(message: MailMessage): Promise<{ providerMessageId: string | null }>;
}
