"use client";

import { Slot } from "radix-ui";
import type { ReactNode } from "react";
import { lateModule } from "./late-module";
import { type OpenState, useLateTrigger } from "./late-trigger";
import type { PopoverPanelProps } from "./popover-panel";

const latePanel = lateModule(() => import("./popover-panel"));

/** A small panel beside what was pressed. */
export function Popover({ trigger, open, onOpenChange, content, ...panel }: PopoverPanelProps & OpenState & { trigger: ReactNode }) {
  const late = useLateTrigger(latePanel, { open, onOpenChange, content });
  const isShown = late.isOpen && late.parts !== null;
  return (
    <>
      <Slot.Root
        {...late.trigger}
        aria-haspopup="dialog"
        onClick={(event) => {
          if (!event.defaultPrevented) late.setOpen(!isShown);
        }}
      >
        {trigger}
      </Slot.Root>
      {late.parts === null ? null : (
        <late.parts.PopoverPanel {...panel} element={late.element} isOpen={late.isOpen} onOpenChange={late.setOpen} />
      )}
    </>
  );
}
