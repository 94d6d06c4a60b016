"use client";

import { createContext, type ReactNode, use } from "react";
import type * as LoadedParts from "./dialog-parts";
import type { DialogContentProps } from "./dialog-parts";
import { lateModule } from "./late-module";
import { ModalTrigger, type OpenState, useLateTrigger } from "./late-trigger";

const lateParts = lateModule(() => import("./dialog-parts"));

const Parts = createContext<typeof LoadedParts | null>(null);

/** Opens over the page and takes the focus. Give `trigger`, or `open` and `onOpenChange`. */
export function Dialog({ trigger, children, ...state }: OpenState & { trigger?: ReactNode; children: ReactNode }) {
  const late = useLateTrigger(lateParts, state);
  return (
    <>
      {trigger === undefined ? null : <ModalTrigger late={late}>{trigger}</ModalTrigger>}
      {late.parts === null ? null : (
        <Parts value={late.parts}>
          <late.parts.DialogRoot open={late.isOpen} onOpenChange={late.setOpen} element={late.element}>
            {children}
          </late.parts.DialogRoot>
        </Parts>
      )}
    </>
  );
}

/** `title` is the question, or the name of what is done here. */
export function DialogContent(props: DialogContentProps) {
  const parts = use(Parts);
  return parts === null ? null : <parts.DialogContent {...props} />;
}

/** The safe button left of the acting one, at the foot. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return <div className="-mx-5 mt-5 -mb-5 flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{children}</div>;
}

/** Closes the dialog around it: `<DialogClose><Button>Cancel</Button></DialogClose>`. */
export function DialogClose({ children }: { children: ReactNode }) {
  const parts = use(Parts);
  return parts === null ? null : <parts.DialogClose>{children}</parts.DialogClose>;
}
