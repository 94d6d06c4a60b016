/** The provider will never take this mail, such as one to an address that does not exist: there is no use in trying again. */
export class MailRefused extends Error {
  override readonly name = "MailRefused";
}

/** The provider takes nothing now, and says when to come back. */
export class MailDeferred extends Error {
  override readonly name = "MailDeferred";
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}
