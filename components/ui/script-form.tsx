"use client";

import { type ComponentProps, createContext, use, useSyncExternalStore } from "react";

const Waits = createContext(false);

/** Whether a button belongs to a form that cannot be sent yet. */
export const useWaitsForScript = () => use(Waits);

/**
 * A form whose script sends it. Until that script has arrived its buttons are disabled, which also makes Enter do nothing. It
 * is a POST, so that nothing typed ends up in a URL, even if something sends it.
 */
export function ScriptForm({ children, ...rest }: Omit<ComponentProps<"form">, "method" | "action" | "style">) {
  const waits = !useIsHydrated();
  return (
    <form {...rest} method="post">
      {waits ? <NoScriptNotice /> : null}
      <Waits value={waits}>{children}</Waits>
    </form>
  );
}

/** Whether the page's script has taken over what the server drew. */
function useIsHydrated(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}

/** What cannot be used without the page's script says so: immediately where scripts are off, otherwise when the script is late. */
function NoScriptNotice() {
  return (
    <p className="animate-late rounded-md border border-wait-line bg-wait-soft px-3 py-2.5 text-ink noscript:animate-none">
      <strong className="font-semibold text-wait">This form needs JavaScript,</strong> which is turned off or hasn’t loaded. Links in
      approval emails work without it.
    </p>
  );
}
