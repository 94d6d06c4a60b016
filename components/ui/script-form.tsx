"use client";

import { createContext, use, type ComponentProps } from "react";
import { NeedsScript, useIsHydrated } from "./needs-script";

const Waits = createContext(false);

/** Whether a button belongs to a form that cannot be sent yet. */
export const useWaitsForScript = () => use(Waits);

/**
 * A form whose script sends it. Until that script has arrived its buttons are disabled, which also makes Enter do nothing. It
 * is a POST, so that whatever sends it anyway leaves nothing of what was typed in an address.
 */
export function ScriptForm({ children, ...rest }: Omit<ComponentProps<"form">, "method" | "action" | "style">) {
  const waits = !useIsHydrated();
  return (
    <form {...rest} method="post">
      {waits ? <NeedsScript /> : null}
      <Waits value={waits}>{children}</Waits>
    </form>
  );
}
