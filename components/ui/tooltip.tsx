"use client";

import { Tooltip as RadixTooltip } from "radix-ui";
import type { ReactNode } from "react";

const OPENS_AFTER_MS = 400;

/** A word about what the pointer or the focus is on. Nothing that a phone's reader would miss. `children` must be able to take the focus. */
export function Tooltip({
  label,
  side = "top",
  className = "",
  children,
}: {
  label: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  className?: string;
  children: ReactNode;
}) {
  return (
    <RadixTooltip.Provider delayDuration={OPENS_AFTER_MS}>
      <RadixTooltip.Root>
        <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content
            className={`z-50 max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-pop data-[state=delayed-open]:animate-appear ${className}`}
            side={side}
            sideOffset={4}
            collisionPadding={8}
          >
            {label}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  );
}
