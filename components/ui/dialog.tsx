"use client";

import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { IconButton } from "./button";

export const SCRIM = "fixed inset-0 z-30 bg-scrim data-[state=closed]:animate-leave data-[state=open]:animate-appear";
export const DIALOG_BOX =
  "fixed top-1/2 left-1/2 z-40 max-h-[calc(100dvh-32px)] w-[520px] max-w-[calc(100vw-32px)] -translate-1/2 overflow-y-auto overscroll-contain rounded-xl bg-raised p-5 text-sm shadow-pop outline-none data-[state=closed]:animate-leave data-[state=open]:animate-rise";

/** Opens over the page and takes the focus. Give `trigger`, or `open` and `onOpenChange`. */
export function Dialog({ trigger, children, ...rest }: ComponentProps<typeof RadixDialog.Root> & { trigger?: ReactNode }) {
  return (
    <RadixDialog.Root {...rest}>
      {trigger === undefined ? null : <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger>}
      {children}
    </RadixDialog.Root>
  );
}

/** `title` is the question, or the name of what is done here. */
export function DialogContent({
  title,
  description,
  width = "md",
  children,
  ...rest
}: Omit<ComponentProps<typeof RadixDialog.Content>, "title" | "className" | "style"> & {
  title: ReactNode;
  description?: ReactNode;
  width?: "md" | "lg";
}) {
  return (
    <RadixDialog.Portal>
      <RadixDialog.Overlay className={SCRIM} />
      <RadixDialog.Content
        {...rest}
        className={`${DIALOG_BOX} ${width === "lg" ? "sm:w-[720px]" : ""}`}
        {...(description === undefined && { "aria-describedby": undefined })}
      >
        <div className="flex items-start gap-3">
          <RadixDialog.Title className="min-w-0 flex-1 text-lg font-semibold wrap-anywhere">{title}</RadixDialog.Title>
          <RadixDialog.Close asChild>
            <IconButton className="-mt-1 -mr-2" label="Close" size="sm">
              <X />
            </IconButton>
          </RadixDialog.Close>
        </div>
        {description === undefined ? null : (
          <RadixDialog.Description className="mt-1 text-muted" asChild>
            <div>{description}</div>
          </RadixDialog.Description>
        )}
        <div className="mt-4">{children}</div>
      </RadixDialog.Content>
    </RadixDialog.Portal>
  );
}

/** The safe button left of the acting one, at the foot. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return <div className="-mx-5 mt-5 -mb-5 flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{children}</div>;
}

/** Closes the dialog around it: `<DialogClose><Button>Cancel</Button></DialogClose>`. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <RadixDialog.Close asChild>{children}</RadixDialog.Close>;
}
