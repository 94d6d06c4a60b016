/** Menus and popovers. */
export const FLOATING_BOX =
  "z-40 max-h-[var(--radix-popper-available-height)] max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg bg-raised text-sm shadow-pop outline-none data-[state=closed]:animate-leave data-[state=open]:animate-rise";
export const SCRIM = "fixed inset-0 z-30 bg-scrim data-[state=closed]:animate-leave data-[state=open]:animate-appear";
export const DIALOG_BOX =
  "fixed top-1/2 left-1/2 z-40 max-h-[calc(100dvh-32px)] w-[520px] max-w-[calc(100vw-32px)] -translate-1/2 overflow-y-auto overscroll-contain rounded-xl bg-raised p-5 text-sm shadow-pop outline-none data-[state=closed]:animate-leave data-[state=open]:animate-rise";
