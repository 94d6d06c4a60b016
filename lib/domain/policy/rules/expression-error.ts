import type { Span } from "./expression";

/** What is wrong with an expression, and where. Its message is for the person who writes it. */
export class ExpressionError extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, { start, end }: Span) {
    super(message);
    this.start = start;
    this.end = end;
  }
}
