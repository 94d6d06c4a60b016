/** A piece of a page under one heading, as the table of contents and the search know it. */
export interface DocSection {
  /** The heading's anchor; empty for text before the first heading. */
  readonly id: string;
  readonly depth: number;
  readonly title: string;
  readonly text: string;
}
