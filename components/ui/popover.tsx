"use client";

import { Popover as RadixPopover } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { FLOATING_BOX } from "./floating-style";

/** A small panel beside what was pressed. `label` names it for screen readers. */
export function Popover({
  trigger,
  label,
  align = "start",
  width = "w-72",
  children,
  ...rest
}: Omit<ComponentProps<typeof RadixPopover.Root>, "modal"> & {
  trigger: ReactNode;
  label: string;
  align?: "start" | "center" | "end";
  width?: string;
}) {
  return (
    <RadixPopover.Root {...rest}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          className={`p-3 ${width} ${FLOATING_BOX}`}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
