"use client";

import { Menu as MenuIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { lateModule } from "@/components/ui/late-module";
import { ModalTrigger, useLateTrigger } from "@/components/ui/late-trigger";
import type { SidebarProps } from "./sidebar";

const latePanel = lateModule(() => import("./phone-menu-panel"));

/** Below 860 px the sidebar covers the page, and closes on navigation. */
export function PhoneMenu(props: SidebarProps) {
  const pathname = usePathname();
  const [openOn, setOpenOn] = useState<string | null>(null);
  const late = useLateTrigger(latePanel, {
    open: openOn === pathname,
    onOpenChange: (isOpen) => setOpenOn(isOpen ? pathname : null),
  });
  return (
    <>
      <ModalTrigger late={late}>
        <IconButton className="md:hidden" label="Open menu">
          <MenuIcon />
        </IconButton>
      </ModalTrigger>
      {late.parts === null ? null : (
        <late.parts.PhoneMenuPanel {...props} element={late.element} isOpen={late.isOpen} onOpenChange={late.setOpen} />
      )}
    </>
  );
}
