/** A page or command in the palette. */
export interface PaletteEntry {
  id: string;
  group: string;
  label: string;
  /** A note beside it: a client, a title. */
  note?: string;
  /** More words that match it. */
  keywords?: string;
  href?: string;
  run?: () => void;
}

/** Matches entries in which every typed word is the start of a word, in any order. Matches at the label's start come first. */
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

/** Groups are ordered by their first entry. */
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

/** Makes "cafe" match "Café". */
function fold(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
