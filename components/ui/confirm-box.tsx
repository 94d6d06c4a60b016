"use client";

import { AlertDialog } from "radix-ui";
import { type ReactNode, type RefObject, useId, useState } from "react";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { Button } from "./button";
import { DialogFooter } from "./dialog";
import { failureMessage } from "./failure-messages";
import { DIALOG_BOX, SCRIM } from "./floating-style";
import { TriggerElsewhere } from "./late-trigger";
import { RefusalNotice } from "./refusal-notice";
import { ScriptForm } from "./script-form";
import { TextInput } from "./text-input";

export interface ConfirmQuestion {
  title: ReactNode;
  /** What will happen. */
  children: ReactNode;
  confirmLabel: string;
  busyLabel: string;
  /** The label of the safe choice: "Keep it". */
  cancelLabel?: string;
  tone?: "danger" | "plain";
  /** For what cannot be brought back: this must be typed first. */
  typeToConfirm?: string;
  /** A refusal stays in the dialog; anything else closes it. */
  onConfirm: () => Promise<{ ok: boolean } | void>;
}

export function ConfirmBox({
  element,
  isOpen,
  onOpenChange,
  ...question
}: ConfirmQuestion & {
  /** What opened it. */
  element: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Trigger asChild>
        <TriggerElsewhere element={element} />
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={SCRIM} />
        <AlertDialog.Content className={DIALOG_BOX}>
          <Question {...question} close={() => onOpenChange(false)} />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Question({
  title,
  children,
  confirmLabel,
  busyLabel,
  cancelLabel = "Cancel",
  tone = "danger",
  typeToConfirm,
  onConfirm,
  close,
}: ConfirmQuestion & { close: () => void }) {
  const inputId = useId();
  const [typed, setTyped] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<Pick<Refusal, "detail" | "fields"> | null>(null);
  const isTyped = typeToConfirm === undefined || typed.trim() === typeToConfirm.trim();

  const confirm = async () => {
    if (isBusy || !isTyped) return;
    setIsBusy(true);
    setRefusal(null);
    try {
      const result = await onConfirm();
      if (result !== undefined && !result.ok) setRefusal(result as Refusal);
      else close();
    } catch (error) {
      setRefusal({ detail: failureMessage(error, "It may or may not have been done. Check before you try again.") });
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <ScriptForm
      onSubmit={(event) => {
        event.preventDefault();
        // React treats a dialog opened by a form as its child, so the event must not reach that form.
        event.stopPropagation();
        void confirm();
      }}
    >
      <AlertDialog.Title className="text-lg font-semibold wrap-anywhere">{title}</AlertDialog.Title>
      <AlertDialog.Description className="mt-2 grid gap-2 text-muted" asChild>
        <div>{children}</div>
      </AlertDialog.Description>
      {typeToConfirm === undefined ? null : (
        <div className="mt-3 grid gap-1.5">
          <label className="font-medium wrap-anywhere" htmlFor={inputId}>
            Type <span className="select-all">{typeToConfirm}</span> to confirm
          </label>
          <TextInput id={inputId} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        </div>
      )}
      {refusal === null ? null : (
        <div className="mt-3">
          <RefusalNotice detail={refusal.detail} requestId={refusal.fields?.request_id} />
        </div>
      )}
      <DialogFooter>
        <AlertDialog.Cancel asChild>
          <Button>{cancelLabel}</Button>
        </AlertDialog.Cancel>
        <Button type="submit" variant={tone === "danger" ? "danger" : "primary"} disabled={!isTyped} isBusy={isBusy} busyLabel={busyLabel}>
          {confirmLabel}
        </Button>
      </DialogFooter>
    </ScriptForm>
  );
}
