interface Shutdown {
  isAnnounced: boolean;
  listeners: Set<() => void>;
}

// Next bundles its own copy of this module, and both must be notified of the shutdown.
const shared = globalThis as typeof globalThis & { daaiShutdown?: Shutdown };

function shutdown(): Shutdown {
  return (shared.daaiShutdown ??= { isAnnounced: false, listeners: new Set() });
}

/** Call before the server stops listening: held responses are sent now, and connections close. */
export function announceShutdown(): void {
  const { listeners } = Object.assign(shutdown(), { isAnnounced: true });
  for (const listener of [...listeners]) listener();
}

export function isShuttingDown(): boolean {
  return shutdown().isAnnounced;
}

/** Calls `listener` at the shutdown, or immediately if it has begun. Returns an unsubscribe function. */
export function onShutdown(listener: () => void): () => void {
  const { isAnnounced, listeners } = shutdown();
  if (isAnnounced) listener();
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
