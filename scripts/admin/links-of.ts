const ADDRESS = /https?:\/\/[^\s<>"')\]]+/g;

/** The addresses in a mail's text part, each once. A full stop after one ends the sentence, not the address. */
export function linksOf(text: string): string[] {
  return [...new Set([...text.matchAll(ADDRESS)].map(([address]) => address.replace(/[.,;:!?]+$/, "")))];
}
