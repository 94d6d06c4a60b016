// Next bundles its own copy of this module; both copies must know what was seen.
const shared = globalThis as typeof globalThis & { daaiSeen?: Map<string, Set<string>> };

/** The most values remembered per kind. Headers can be forged, and one mistake can affect many shadow policies: neither may fill the log. */
const MOST = 20;

type SeenKind = "proxy" | "origin" | "shadow";

/** Remembers a value of a kind. True when it is news, to be logged. */
export function firstSeen(kind: SeenKind, value: string): boolean {
  const seen = seenOf(kind);
  if (seen.has(value) || seen.size >= MOST) return false;
  seen.add(value);
  return true;
}

export function seenOf(kind: SeenKind): Set<string> {
  const all = (shared.daaiSeen ??= new Map<string, Set<string>>());
  const seen = all.get(kind) ?? new Set<string>();
  all.set(kind, seen);
  return seen;
}
