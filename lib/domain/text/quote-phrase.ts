/**
 * A value of the payload within a sentence of the console's. More than one word stands in quotes, so that it can't pass for a part of the
 * sentence.
 */
export function quotePhrase(text: string): string {
  return /^[\p{L}\p{M}\p{N}_@.+:/-]*$/u.test(text) ? text : JSON.stringify(text);
}
