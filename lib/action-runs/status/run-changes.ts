import { listen } from "@/lib/db/listener";
import type { Db } from "@/lib/db/transaction";

const CHANNEL = "daai_run_changed";

interface RunChanges {
  wakers: Map<string, Set<() => void>>;
  stop: () => Promise<void>;
}

// Next bundles its own copy of this module, and a process needs only one listener.
const shared = globalThis as typeof globalThis & { daaiRunChanges?: RunChanges };

/** Notifies every process, when the transaction commits, that a run's governance status has changed. */
export async function publishRunChange(db: Db, runId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${CHANNEL}, ${runId})`;
}

/** Resolves at the run's next change, or when one may have been missed. Subscribe before reading the run's state. */
export function nextRunChange(runId: string): { changed: Promise<void>; cancel: () => void } {
  const { wakers } = (shared.daaiRunChanges ??= startListening());
  const ofRun = wakers.get(runId) ?? new Set();
  wakers.set(runId, ofRun);
  let wake: () => void = () => {};
  const changed = new Promise<void>((resolve) => (wake = resolve));
  ofRun.add(wake);
  const cancel = () => {
    ofRun.delete(wake);
    if (ofRun.size === 0 && wakers.get(runId) === ofRun) wakers.delete(runId);
  };
  return { changed, cancel };
}

export async function stopRunChanges(): Promise<void> {
  const changes = shared.daaiRunChanges;
  delete shared.daaiRunChanges;
  await changes?.stop();
}

function startListening(): RunChanges {
  const wakers: RunChanges["wakers"] = new Map();
  const stop = listen(CHANNEL, (runId) => {
    for (const id of runId === null ? [...wakers.keys()] : [runId]) {
      const ofRun = wakers.get(id);
      wakers.delete(id);
      ofRun?.forEach((wake) => wake());
    }
  });
  return { wakers, stop };
}
