"use client";

import { Check } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { StepMarks } from "@/components/approvals/step-marks";
import { Button } from "@/components/ui/button";
import { CheckField } from "@/components/ui/check-field";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ScriptForm } from "@/components/ui/script-form";
import { useSettled } from "./use-settled";

/** The content of the second step, the same as on the page of an emailed link. */
export interface Confirmation {
  readonly facts: ReactNode;
  readonly checkedLabel: string;
  readonly approveLabel: string;
  readonly answersAs: ReactNode;
}

/** The second step before approving a critical run. Nothing has the focus at first, so that a key meant for the card has no effect here. */
export function ConfirmCritical({
  confirmation: { facts, checkedLabel, approveLabel, answersAs },
  comment,
  onApprove,
  onClose,
}: {
  confirmation: Confirmation;
  comment: string;
  onApprove: () => void;
  onClose: () => void;
}) {
  const formId = useId();
  const [isChecked, setIsChecked] = useState(false);
  const isSettled = useSettled(formId);
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <DialogContent
        title="Approve this action?"
        description={<StepMarks step={2} count={2} />}
        tabIndex={-1}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          if (event.target instanceof HTMLElement) event.target.focus();
        }}
      >
        <ScriptForm
          className="grid gap-3"
          id={formId}
          onSubmit={(event) => {
            event.preventDefault();
            if (isChecked && isSettled) onApprove();
          }}
        >
          {facts}
          {comment.trim() === "" ? null : (
            <p className="max-h-24 overflow-y-auto whitespace-pre-wrap wrap-anywhere" tabIndex={0}>
              <span className="text-muted">Your comment: </span>
              <VisibleText text={comment} />
            </p>
          )}
          <CheckField
            name="confirm"
            value="yes"
            label={checkedLabel}
            checked={isChecked}
            onChange={(event) => setIsChecked(event.target.checked)}
          />
          {answersAs}
        </ScriptForm>
        <DialogFooter>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" form={formId} variant="primary" icon={<Check />} disabled={!isChecked} aria-disabled={!isSettled}>
            {approveLabel}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
