/**
 * Whether a text has at most `max` characters. Characters are Unicode code points, as Python and PostgreSQL count them,
 * so that a client that checks before sending never disagrees with the console.
 */
export function isAtMostCharacters(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && characterCount(text) <= max);
}

export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
