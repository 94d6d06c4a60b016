// Next bundles its own copy of this module: one process, one list.
const shared = globalThis as typeof globalThis & { daaiLostSessions?: Map<string, number> };
const lost = () => (shared.daaiLostSessions ??= new Map<string, number>());

/** A session that this process needs all the time is away, from now on or already. */
export function markLost(name: string): void {
  if (!lost().has(name)) lost().set(name, performance.now());
}

/** It is back, or no longer needed. */
export function markBack(name: string): void {
  lost().delete(name);
}

/** What this process has been without for so long. */
export function lostFor(ms: number): string[] {
  const since = performance.now() - ms;
  return [...lost()].filter(([, at]) => at <= since).map(([name]) => name);
}
