"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { revokeDecision } from "@/lib/approvals/server-actions";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { REVOKE_LABELS } from "./decision-labels";

/** For the person who approved a run, until anyone claims it. `isPending`: other approvals are still missing. */
export function RevokeApprovalButton({ runId, isPending = false }: { runId: string; isPending?: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const [comment, setComment] = useState("");
  const revoke = async () => {
    const outcome = await revokeDecision({ runId, comment });
    if (outcome.ok) {
      toast.show({ tone: "ok", title: REVOKE_LABELS.done });
      router.refresh();
    }
    return outcome;
  };
  return (
    <ConfirmDialog
      title="Revoke your approval?"
      confirmLabel={REVOKE_LABELS.verb}
      busyLabel={REVOKE_LABELS.busy}
      cancelLabel="Keep approval"
      onConfirm={revoke}
      trigger={<Button icon={<Undo2 />}>{REVOKE_LABELS.verb}…</Button>}
    >
      <p>{isPending ? REVOKE_LABELS.pendingEffect : `${REVOKE_LABELS.effect} If the app claims the run first, the approval stands.`}</p>
      <Field className="text-ink" label="Comment" hint="Optional. Saved in the receipt.">
        <TextAreaInput value={comment} rows={2} maxLength={COMMENT_MAX_LENGTH} onChange={(event) => setComment(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}
