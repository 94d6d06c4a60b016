/** Above a bar at the foot (`data-foot-bar`): what it says must not lie on what is pressed next. */
export const TOAST_PLACE =
  "fixed right-6 bottom-6 z-50 grid w-[360px] max-w-[calc(100vw-32px)] gap-2 outline-none max-md:right-4 max-md:bottom-4 print:hidden [body:has([data-foot-bar])_&]:bottom-[88px] max-md:[body:has([data-foot-bar])_&]:bottom-36";
export const TOAST_BOX = "rounded-lg bg-raised py-3 pr-2 pl-3.5 text-sm shadow-pop";
