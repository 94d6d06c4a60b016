"use client";

import { Check, Undo2, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { confirmPolicyChange, declinePolicyChange, withdrawPolicyChange } from "@/lib/policy-proposals/server-actions";

/** What the reader can do about a proposal: its proposer withdraws it, others confirm or decline it. */
export function ProposalAnswers({
  workspaceId,
  proposalId,
  isOwn,
  mayConfirm,
  isStale,
}: {
  workspaceId: string;
  proposalId: string;
  isOwn: boolean;
  mayConfirm: boolean;
  isStale: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [comment, setComment] = useState("");
  const done = <Outcome extends { ok: boolean }>(outcome: Outcome, title: string): Outcome => {
    if (outcome.ok) toast.show({ tone: "ok", title });
    router.refresh();
    return outcome;
  };
  if (isOwn) {
    return (
      <ConfirmDialog
        trigger={
          <Button icon={<Undo2 />} size="sm">
            Withdraw
          </Button>
        }
        title="Withdraw this change?"
        tone="plain"
        confirmLabel="Withdraw change"
        busyLabel="Withdrawing"
        cancelLabel="Keep it pending"
        onConfirm={async () => done(await withdrawPolicyChange(workspaceId, { proposalId }), "Change withdrawn")}
      >
        <p>Nothing changes, and it can no longer be confirmed.</p>
      </ConfirmDialog>
    );
  }
  if (!mayConfirm) return null;
  return (
    <>
      <ConfirmDialog
        trigger={
          <Button icon={<X />} size="sm">
            Decline…
          </Button>
        }
        title="Decline this change?"
        confirmLabel="Decline change"
        busyLabel="Declining"
        cancelLabel="Keep it pending"
        onConfirm={async () => done(await declinePolicyChange(workspaceId, { proposalId, comment }), "Change declined")}
      >
        <p>Nothing changes. The proposal stays in the activity.</p>
        <Field className="text-ink" label="Comment" isOptional>
          <TextAreaInput value={comment} rows={2} maxLength={COMMENT_MAX_LENGTH} onChange={(event) => setComment(event.target.value)} />
        </Field>
      </ConfirmDialog>
      {isStale ? null : (
        <ConfirmDialog
          trigger={
            <Button icon={<Check />} size="sm" variant="primary">
              Confirm…
            </Button>
          }
          title="Confirm this change?"
          tone="plain"
          confirmLabel="Confirm change"
          busyLabel="Confirming"
          onConfirm={async () => done(await confirmPolicyChange(workspaceId, { proposalId }), "Change confirmed")}
        >
          <p>It takes effect immediately, for new proposals. The activity names both of you.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
