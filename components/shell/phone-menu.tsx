"use client";

import { Menu as MenuIcon, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { SCRIM } from "@/components/ui/dialog";
import { Sidebar, type SidebarProps } from "./sidebar";

/** Below 860 px the sidebar covers the page, and closes on navigation. */
export function PhoneMenu(props: SidebarProps) {
  const pathname = usePathname();
  const [openOn, setOpenOn] = useState<string | null>(null);
  const isOpen = openOn === pathname;
  const close = () => setOpenOn(null);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(wanted) => setOpenOn(wanted ? pathname : null)}>
      <Dialog.Trigger asChild>
        <IconButton className="md:hidden" label="Open menu">
          <MenuIcon />
        </IconButton>
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
          <Sidebar {...props} onGo={close} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
