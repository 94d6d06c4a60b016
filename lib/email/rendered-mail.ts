/** An email's content, ready for any provider. */
export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
