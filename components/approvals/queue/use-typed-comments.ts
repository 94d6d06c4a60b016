import { useSyncExternalStore } from "react";

type Comments = ReadonlyMap<string, string>;

const NONE: Comments = new Map();
const listeners = new Set<() => void>();
let stored: { readonly key: string; readonly comments: Comments } | null = null;

/**
 * Comments that aren't sent yet, by run. Kept for as long as the tab is open, because a connection that drops during a refresh makes the browser
 * give up the page. The next person to sign in on it doesn't see them.
 */
export function useTypedComments(email: string) {
  const key = `daai.comments.${email}`;
  const comments = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => NONE,
  );
  return {
    of: (runId: string | null) => (runId === null ? "" : (comments.get(runId) ?? "")),
    type: (runId: string, text: string) => write(key, new Map(read(key)).set(runId, text)),
    drop: (runIds: readonly string[]) => write(key, new Map([...read(key)].filter(([id]) => !runIds.includes(id)))),
  };
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => void listeners.delete(onChange);
}

function read(key: string): Comments {
  if (stored?.key === key) return stored.comments;
  let comments = NONE;
  try {
    comments = new Map(Object.entries(JSON.parse(sessionStorage.getItem(key) ?? "{}") as Record<string, string>));
  } catch {
    // Browsers may refuse the storage. Then comments last as long as the page.
  }
  stored = { key, comments };
  return comments;
}

function write(key: string, comments: Comments): void {
  stored = { key, comments };
  try {
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(comments)));
  } catch {
    // As above, or the storage is full.
  }
  for (const onChange of listeners) onChange();
}
