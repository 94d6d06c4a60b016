"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { withdrawRequest } from "@/lib/approvals/server-actions";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { refuse } from "@/lib/domain/refusals/refusal";

/** Ends a run that is no longer needed: pending, or approved and not claimed yet. */
export function WithdrawRunButton({ workspaceId, runId, isPending }: { workspaceId: string; runId: string; isPending: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const [reason, setReason] = useState("");
  const withdraw = async () => {
    if (reason.trim() === "") return refuse("validation_failed", "Say why the run is withdrawn.");
    const outcome = await withdrawRequest(workspaceId, { runId, reason });
    if (outcome.ok) {
      toast.show({ tone: "ok", title: "Run withdrawn" });
      router.refresh();
    }
    return outcome;
  };
  return (
    <ConfirmDialog
      title="Withdraw run?"
      confirmLabel="Withdraw run"
      busyLabel="Withdrawing"
      cancelLabel="Keep run"
      onConfirm={withdraw}
      trigger={<Button icon={<Undo2 />}>Withdraw run…</Button>}
    >
      <p>
        {isPending
          ? "The run is rejected, and nothing will run. Approvers are no longer reminded, and their links show that the request was withdrawn."
          : "The run is rejected, and nothing will run. If a worker claims it first, it can’t be withdrawn anymore."}
      </p>
      <Field className="text-ink" label="Reason" hint="Shown to approvers and saved in the receipt.">
        <TextAreaInput value={reason} rows={2} maxLength={COMMENT_MAX_LENGTH} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}
