/** The role doesn't allow it. Pages hide it beforehand, so it isn't an expected outcome. */
export class NotPermitted extends Error {
  override readonly name = "NotPermitted";
  /** As of `notFound()`: to someone whose role ends while a page renders, the page is missing, not broken. */
  readonly digest = "NEXT_HTTP_ERROR_FALLBACK;404";

  constructor(readonly permission: string) {
    super(`not permitted: ${permission}`);
  }
}
