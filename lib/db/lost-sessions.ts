// Next bundles its own copy of this module; both copies share one list.
const shared = globalThis as typeof globalThis & { daaiLostSessions?: Map<string, number> };
const lost = () => (shared.daaiLostSessions ??= new Map<string, number>());

/** Records that a session this process always needs is disconnected. */
export function markLost(name: string): void {
  if (!lost().has(name)) lost().set(name, performance.now());
}

/** Records that it is connected again, or no longer needed. */
export function markBack(name: string): void {
  lost().delete(name);
}

/** Returns the sessions that have been disconnected for that long. */
export function lostFor(ms: number): string[] {
  const since = performance.now() - ms;
  return [...lost()].filter(([, at]) => at <= since).map(([name]) => name);
}
