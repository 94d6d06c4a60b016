/** "Acme’s", "Halvorsen Logistics’": of a name that someone chose. */
export function possessive(name: string): string {
  return /s$/i.test(name) ? `${name}’` : `${name}’s`;
}
