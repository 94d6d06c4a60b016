"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ComponentProps, ReactNode, RefObject } from "react";
import { IconButton } from "./button";
import { DIALOG_BOX, SCRIM } from "./floating-style";
import { TriggerElsewhere } from "./late-trigger";

export function DialogRoot({
  element,
  ...rest
}: ComponentProps<typeof Dialog.Root> & {
  /** What opened it. */
  element: RefObject<HTMLElement | null>;
}) {
  return (
    <Dialog.Root {...rest}>
      <Dialog.Trigger asChild>
        <TriggerElsewhere element={element} />
      </Dialog.Trigger>
      {rest.children}
    </Dialog.Root>
  );
}

export interface DialogContentProps extends Omit<ComponentProps<typeof Dialog.Content>, "title" | "className" | "style"> {
  /** The question, or the name of what is done here. */
  title: ReactNode;
  description?: ReactNode;
  width?: "md" | "lg";
}

export function DialogContent({ title, description, width = "md", children, ...rest }: DialogContentProps) {
  return (
    <Dialog.Portal>
      <Dialog.Overlay className={SCRIM} />
      <Dialog.Content
        {...rest}
        className={`${DIALOG_BOX} ${width === "lg" ? "sm:w-[720px]" : ""}`}
        {...(description === undefined && { "aria-describedby": undefined })}
      >
        <div className="flex items-start gap-3">
          <Dialog.Title className="min-w-0 flex-1 text-lg font-semibold wrap-anywhere">{title}</Dialog.Title>
          <Dialog.Close asChild>
            <IconButton className="-mt-1 -mr-2" label="Close" size="sm">
              <X />
            </IconButton>
          </Dialog.Close>
        </div>
        {description === undefined ? null : (
          <Dialog.Description className="mt-1 text-muted" asChild>
            <div>{description}</div>
          </Dialog.Description>
        )}
        <div className="mt-4">{children}</div>
      </Dialog.Content>
    </Dialog.Portal>
  );
}

export function DialogClose({ children }: { children: ReactNode }) {
  return <Dialog.Close asChild>{children}</Dialog.Close>;
}
