"use client";

import { useSyncExternalStore } from "react";

/** Whether the page's script has taken over what the server drew. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}

/** What cannot be used without the page's script says so: immediately where scripts are off, otherwise when the script is late. */
export function NeedsScript() {
  return (
    <p className="animate-late rounded-md border border-wait-line bg-wait-soft px-3 py-2.5 text-ink noscript:animate-none">
      <strong className="font-semibold text-wait">This form needs JavaScript,</strong> which is turned off or hasn’t loaded. Links in
      approval emails work without it.
    </p>
  );
}
