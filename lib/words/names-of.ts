const NAMED = 5;

/** "ann@example.com and ben@example.com", at most five of them. Without any: `nobody`. */
export function namesOf(emails: readonly string[], nobody: string): string {
  if (emails.length === 0) return nobody;
  const more = emails.length - NAMED;
  return new Intl.ListFormat("en-GB").format(more > 0 ? [...emails.slice(0, NAMED), `${more} more`] : emails);
}
