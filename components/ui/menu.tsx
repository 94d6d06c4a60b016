"use client";

import { Slot } from "radix-ui";
import { createContext, type KeyboardEvent, type PointerEvent, type ReactNode, use, useState } from "react";
import { lateModule } from "./late-module";
import { type OpenState, useLateTrigger } from "./late-trigger";
import type * as LoadedParts from "./menu-parts";
import type { MenuBoxProps, MenuCheckItemProps, MenuItemProps, MenuRadioItemsProps } from "./menu-parts";

const lateParts = lateModule(() => import("./menu-parts"));

const Parts = createContext<typeof LoadedParts | null>(null);

const OPENING_KEYS = ["Enter", " ", "ArrowDown"];

/** A menu of actions; `trigger` is the button that opens it. */
export function Menu({ trigger, content, children, ...box }: MenuBoxProps & Pick<OpenState, "content"> & { trigger: ReactNode }) {
  const late = useLateTrigger(lateParts, { content });
  const [startsAtFirst, setStartsAtFirst] = useState(false);
  const isShown = late.isOpen && late.parts !== null;

  const press = (event: PointerEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey) return;
    setStartsAtFirst(false);
    late.setOpen(!isShown);
    // The focus is the menu's.
    if (!isShown) event.preventDefault();
  };
  const pressKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !OPENING_KEYS.includes(event.key)) return;
    event.preventDefault();
    setStartsAtFirst(late.parts === null);
    late.setOpen(true);
  };

  return (
    <>
      <Slot.Root {...late.trigger} aria-haspopup="menu" onPointerDown={press} onKeyDown={pressKey}>
        {trigger}
      </Slot.Root>
      {late.parts === null ? null : (
        <Parts value={late.parts}>
          <late.parts.MenuBox
            {...box}
            element={late.element}
            isOpen={late.isOpen}
            onOpenChange={late.setOpen}
            startsAtFirst={startsAtFirst}
          >
            {children}
          </late.parts.MenuBox>
        </Parts>
      )}
    </>
  );
}

export function MenuItem(props: MenuItemProps) {
  const parts = use(Parts);
  return parts === null ? null : <parts.MenuItem {...props} />;
}

export function MenuCheckItem(props: MenuCheckItemProps) {
  const parts = use(Parts);
  return parts === null ? null : <parts.MenuCheckItem {...props} />;
}

export function MenuRadioItems(props: MenuRadioItemsProps) {
  const parts = use(Parts);
  return parts === null ? null : <parts.MenuRadioItems {...props} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-2 pb-1 text-xs text-subtle">{children}</div>;
}

export function MenuSeparator() {
  return <hr className="-mx-1 my-1 h-px border-0 bg-line" />;
}
