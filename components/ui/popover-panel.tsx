"use client";

import { Popover } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { FLOATING_BOX } from "./floating-style";
import { TriggerElsewhere } from "./late-trigger";

export interface PopoverPanelProps {
  /** For screen readers. */
  label: string;
  align?: "start" | "center" | "end";
  width?: string;
  children: ReactNode;
}

export function PopoverPanel({
  element,
  isOpen,
  onOpenChange,
  label,
  align = "start",
  width = "w-72",
  children,
}: PopoverPanelProps & {
  /** What opened it. */
  element: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>
        <TriggerElsewhere element={element} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={`p-3 ${width} ${FLOATING_BOX}`} align={align} sideOffset={4} collisionPadding={8} aria-label={label}>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
