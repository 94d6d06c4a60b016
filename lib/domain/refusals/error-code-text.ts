export interface ErrorCodeText {
  /** The problem's `title` (RFC 9457): the same words for every occurrence. */
  readonly title: string;
  /** What it means and what to do, for the documentation. */
  readonly meaning: string;
}
