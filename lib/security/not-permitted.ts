/** The role doesn't allow it. Pages hide it beforehand, so it isn't an expected outcome. */
export class NotPermitted extends Error {
  override readonly name = "NotPermitted";
  constructor(readonly permission: string) {
    super(`not permitted: ${permission}`);
  }
}
