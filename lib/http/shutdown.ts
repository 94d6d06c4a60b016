interface Shutdown {
  isAnnounced: boolean;
  listeners: Set<() => void>;
}

// Next bundles its own copy of this module; both copies must hear of the shutdown.
const shared = globalThis as typeof globalThis & { daaiShutdown?: Shutdown };

function shutdown(): Shutdown {
  return (shared.daaiShutdown ??= { isAnnounced: false, listeners: new Set() });
}

/** The server calls this before it stops listening: answers that are held open are given now, and connections close. */
export function announceShutdown(): void {
  const { listeners } = Object.assign(shutdown(), { isAnnounced: true });
  for (const listener of [...listeners]) listener();
}

export function isShuttingDown(): boolean {
  return shutdown().isAnnounced;
}

/** Calls `listener` at the shutdown, or at once if it has begun. Returns how to unsubscribe. */
export function onShutdown(listener: () => void): () => void {
  const { isAnnounced, listeners } = shutdown();
  if (isAnnounced) listener();
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
