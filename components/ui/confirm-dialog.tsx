"use client";

import type { ReactNode } from "react";
import type { ConfirmQuestion } from "./confirm-box";
import { lateModule, preload } from "./late-module";
import { ModalTrigger, type OpenState, useLateTrigger } from "./late-trigger";

const lateBox = lateModule(() => import("./confirm-box"));

/** For a question that may have to be asked when the console can no longer be reached. */
export const preloadConfirmDialog = () => preload(lateBox);

/** Asks for confirmation. Give `trigger`, or `open` and `onOpenChange` when a menu opens it. */
export function ConfirmDialog({ trigger, open, onOpenChange, ...question }: ConfirmQuestion & OpenState & { trigger?: ReactNode }) {
  const late = useLateTrigger(lateBox, { open, onOpenChange });
  return (
    <>
      {trigger === undefined ? null : <ModalTrigger late={late}>{trigger}</ModalTrigger>}
      {late.parts === null ? null : (
        <late.parts.ConfirmBox {...question} element={late.element} isOpen={late.isOpen} onOpenChange={late.setOpen} />
      )}
    </>
  );
}
