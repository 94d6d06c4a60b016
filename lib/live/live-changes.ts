import { listen } from "@/lib/db/listener";
import { LIVE_TOPICS, type LiveChange, type LiveTopic } from "./live-topics";
import { LIVE_CHANNEL } from "./publish-change";

/** How long recent changes are replayed to new subscribers, so that a page that subscribes just after rendering misses none. */
const REPLAY_WINDOW_MS = 15_000;

/** Called with each change, and with null when some may have been missed. */
export type LiveChangeListener = (change: LiveChange | null) => void;

interface LiveChanges {
  listeners: Map<string, Set<LiveChangeListener>>;
  recent: { readonly change: LiveChange; readonly at: number }[];
  /** Since when no change can have been missed; Infinity until the first connection is open. */
  wholeSince: number;
  stop: () => Promise<void>;
}

// Next bundles its own copy of this module, and a process needs only one listener.
const shared = globalThis as typeof globalThis & { daaiLiveChanges?: LiveChanges };

/** Subscribes to changes for these audiences (workspace ids, a person's address). Returns an unsubscribe function. */
export function subscribeToLiveChanges(audiences: readonly string[], onChange: LiveChangeListener): () => void {
  const { listeners } = (shared.daaiLiveChanges ??= startListening());
  for (const audience of audiences) {
    const ofAudience = listeners.get(audience) ?? new Set();
    listeners.set(audience, ofAudience.add(onChange));
  }
  return () => {
    for (const audience of audiences) {
      const ofAudience = listeners.get(audience);
      ofAudience?.delete(onChange);
      if (ofAudience?.size === 0) listeners.delete(audience);
    }
  };
}

/** The changes of the last seconds; null when some of them may have been missed. */
export function recentLiveChanges(): LiveChange[] | null {
  const { recent, wholeSince } = (shared.daaiLiveChanges ??= startListening());
  const since = Date.now() - REPLAY_WINDOW_MS;
  return wholeSince > since ? null : recent.filter(({ at }) => at >= since).map(({ change }) => change);
}

export async function stopLiveChanges(): Promise<void> {
  const changes = shared.daaiLiveChanges;
  delete shared.daaiLiveChanges;
  await changes?.stop();
}

function startListening(): LiveChanges {
  const changes: LiveChanges = { listeners: new Map(), recent: [], wholeSince: Infinity, stop: () => Promise.resolve() };
  changes.stop = listen(LIVE_CHANNEL, (payload) => {
    if (payload === null) {
      changes.wholeSince = Date.now();
      for (const onChange of new Set([...changes.listeners.values()].flatMap((ofAudience) => [...ofAudience]))) onChange(null);
      return;
    }
    const change = readChange(payload);
    if (change === null) return;
    remember(changes, change);
    changes.listeners.get(change.audience)?.forEach((onChange) => onChange(change));
  });
  return changes;
}

function remember({ recent }: LiveChanges, change: LiveChange): void {
  const at = Date.now();
  const firstKept = recent.findIndex((one) => one.at >= at - REPLAY_WINDOW_MS);
  recent.splice(0, firstKept === -1 ? recent.length : firstKept);
  recent.push({ change, at });
}

function readChange(payload: string): LiveChange | null {
  const [audience = "", topic = ""] = payload.split(" ");
  return isTopic(topic) ? { audience, topic } : null;
}

function isTopic(topic: string): topic is LiveTopic {
  return (LIVE_TOPICS as readonly string[]).includes(topic);
}
