"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { RefObject } from "react";
import { IconButton } from "@/components/ui/button";
import { SCRIM } from "@/components/ui/floating-style";
import { TriggerElsewhere } from "@/components/ui/late-trigger";
import { Sidebar, type SidebarProps } from "./sidebar";

export function PhoneMenuPanel({
  element,
  isOpen,
  onOpenChange,
  ...sidebar
}: SidebarProps & {
  /** What opened it. */
  element: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const close = () => onOpenChange(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Trigger asChild>
        <TriggerElsewhere element={element} />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={`md:hidden ${SCRIM}`} />
        <Dialog.Content
          className="fixed inset-y-0 left-0 z-40 flex w-72 max-w-[85vw] flex-col overflow-y-auto overscroll-contain bg-sidebar p-2 text-sm shadow-pop outline-none data-[state=closed]:animate-leave data-[state=open]:animate-slide-in md:hidden"
          aria-describedby={undefined}
          onClick={(event) => {
            // A link to the current page changes nothing else, so the menu closes here.
            if (event.target instanceof Element && event.target.closest("a") !== null) close();
          }}
        >
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <Dialog.Close asChild>
            <IconButton className="absolute top-1 right-1" label="Close menu">
              <X />
            </IconButton>
          </Dialog.Close>
          <Sidebar {...sidebar} onGo={close} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
