/** Something the palette can go to or do. */
export interface PaletteEntry {
  id: string;
  group: string;
  label: string;
  /** What stands beside it: a client, a title. */
  note?: string;
  /** Further words it is found by. */
  keywords?: string;
  href?: string;
  run?: () => void;
}

/** Every word that was typed must begin a word of the entry, in any order; the label's own beginning comes first. */
export function filterEntries(entries: readonly PaletteEntry[], text: string): PaletteEntry[] {
  const wanted = words(text);
  if (wanted.length === 0) return [...entries];
  const found = entries.filter((entry) => {
    const have = words(`${entry.label} ${entry.note ?? ""} ${entry.keywords ?? ""} ${entry.group}`);
    return wanted.every((word) => have.some((other) => other.startsWith(word)));
  });
  const begins = (entry: PaletteEntry) => (fold(entry.label).startsWith(fold(text.trim())) ? 0 : 1);
  return found.sort((one, other) => begins(one) - begins(other));
}

/** In the order in which the groups appear first. */
export function groupEntries(entries: readonly PaletteEntry[]): { group: string; entries: PaletteEntry[] }[] {
  const groups = new Map<string, PaletteEntry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups].map(([group, members]) => ({ group, entries: members }));
}

function words(text: string): string[] {
  return fold(text)
    .split(/[\s_./@-]+/u)
    .filter((word) => word !== "");
}

/** "Café" is found by "cafe". */
function fold(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
