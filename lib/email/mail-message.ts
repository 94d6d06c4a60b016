/** An email's content, for both of its parts. Names that people chose are data: `{ data }`, never markup or a link. */
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
  /** Warnings about suspicious characters in a name that someone chose. */
  readonly warnings: readonly string[];
  readonly footer: string;
}

/** With its reader, and where its button leads. */
export type WithLink<Mail> = Mail & { readonly email: string; readonly link: string };

export type MailPiece = string | { readonly data: string };
/** Running text, or our own preformatted lines, for copying. */
export type MailParagraph = readonly MailPiece[] | { readonly verbatim: string };
