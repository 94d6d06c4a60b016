/** What a mail says, once for both of its parts. Names that people chose are data: `{ data }`, never markup or a link. */
export interface AccountMailMessage {
  readonly subject: string;
  readonly preview: string;
  readonly heading: readonly MailPiece[];
  readonly paragraphs: readonly MailParagraph[];
  readonly button: { readonly label: string; readonly href: string };
  /** Below the button, muted. */
  readonly note: string;
  /** A second way, in running text. */
  readonly other?: { readonly before: string; readonly label: string; readonly href: string };
  /** What is odd about a name that somebody chose. */
  readonly warnings: readonly string[];
  readonly footer: string;
}

export type MailPiece = string | { readonly data: string };
/** Running text, or lines of our own making that stand exactly as they are, for copying. */
export type MailParagraph = readonly MailPiece[] | { readonly verbatim: string };
