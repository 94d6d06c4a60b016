"use client";

import { useEffect, useSyncExternalStore } from "react";

/** Code that isn't part of the page's first load: it comes when someone is about to use it, and stays. */
export interface LateModule<Module> {
  /** Rejects when it can't be loaded. The next call tries again. */
  load: () => Promise<Module>;
  loaded: () => Module | null;
  subscribe: (notify: () => void) => () => void;
}

export function lateModule<Module>(start: () => Promise<Module>): LateModule<Module> {
  let code: Module | null = null;
  let loading: Promise<Module> | null = null;
  const listeners = new Set<() => void>();
  return {
    load: () => {
      loading ??= start().then(
        (loaded) => {
          code = loaded;
          for (const notify of listeners) notify();
          return loaded;
        },
        (error: unknown) => {
          loading = null;
          throw error;
        },
      );
      return loading;
    },
    loaded: () => code,
    subscribe: (notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
  };
}

/**
 * Null until it is loaded. Not React's `lazy`, which delays what it shows by up to 300 ms after its placeholder.
 */
export function useLateModule<Module>(late: LateModule<Module>, isWanted: boolean): Module | null {
  const code = useSyncExternalStore(late.subscribe, late.loaded, () => null);
  useEffect(() => {
    if (isWanted) preload(late);
  }, [late, isWanted]);
  return code;
}

/** Ahead of its use, where a failure is nobody's concern yet. */
export function preload<Module>(late: LateModule<Module>): void {
  late.load().catch(() => undefined);
}
