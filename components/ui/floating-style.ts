/** Menus and popovers. */
export const FLOATING_BOX =
  "z-40 max-h-[var(--radix-popper-available-height)] max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg bg-raised text-sm shadow-pop outline-none data-[state=closed]:animate-leave data-[state=open]:animate-rise";
