"use client";

import { useSyncExternalStore } from "react";
import type { NewKeys } from "./new-keys";

/** The keys that were shown a moment ago: in this tab's memory alone, and gone when it loads another document. */
let known: NewKeys | null = null;

export function rememberKeys(keys: NewKeys): void {
  known = keys;
}

const never = () => () => undefined;

/** null, once they can no longer be known. */
export function useKnownKeys(workspaceId: string): NewKeys | null {
  return useSyncExternalStore(
    never,
    () => (known?.workspaceId === workspaceId ? known : null),
    () => null,
  );
}
