/** Somebody asked for what their role does not include. Pages hide it beforehand, so it is no expected outcome. */
export class NotPermitted extends Error {
  override readonly name = "NotPermitted";
  constructor(readonly permission: string) {
    super(`not permitted: ${permission}`);
  }
}
