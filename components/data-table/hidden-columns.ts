"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { DataColumn } from "./table-features";

const listeners = new Set<() => void>();
const storageKey = (tableId: string) => `daai.columns.${tableId}`;

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read(tableId: string): string | null {
  try {
    return localStorage.getItem(storageKey(tableId));
  } catch {
    // A browser may refuse storage; then the choice holds for nothing longer than the default.
    return null;
  }
}

export function rememberHidden(tableId: string, hidden: ReadonlySet<string>) {
  try {
    localStorage.setItem(storageKey(tableId), [...hidden].join(" "));
  } catch {
    return;
  }
  listeners.forEach((listener) => listener());
}

/** The columns that this browser's reader has hidden in this table; at first those that say so. */
export function useHiddenColumns<Row extends object>(tableId: string, columns: readonly DataColumn<Row>[]): ReadonlySet<string> {
  const stored = useSyncExternalStore(
    subscribe,
    () => read(tableId),
    () => null,
  );
  return useMemo(() => {
    if (stored !== null) return new Set(stored.split(" ").filter((id) => id !== ""));
    return new Set(columns.filter(({ meta }) => meta.isHiddenAtFirst === true).map(({ id }) => id));
  }, [stored, columns]);
}
