/** The provider will never accept this email, for example because the address doesn't exist, so retries are useless. */
export class MailRefused extends Error {
  override readonly name = "MailRefused";
}

/** The provider is unavailable, and says when to retry. */
export class MailDeferred extends Error {
  override readonly name = "MailDeferred";
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}
