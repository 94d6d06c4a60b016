"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { SuccessorField } from "@/components/approvals/successor-field";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { lookAtMemberRequests, reassignRequests } from "@/lib/approvals/server-actions";
import type { Successor } from "@/lib/approvers/list-successors";
import { refuse } from "@/lib/domain/refusals/refusal";
import type { MemberEntry } from "@/lib/members/list-members";
import { counted } from "@/lib/words/counted";

/** Gives a member's place in all their pending requests to someone else. */
export function ReassignRequestsDialog({
  isOpen,
  close,
  member,
  workspaceId,
}: {
  isOpen: boolean;
  close: () => void;
  member: MemberEntry;
  workspaceId: string;
}) {
  const router = useRouter();
  const toast = useToast();
  const [requests, setRequests] = useState<{ runs: number; to: Successor[] } | null>(null);
  const [to, setTo] = useState("");
  const name = member.name ?? member.email;

  useEffect(() => {
    if (!isOpen) return;
    let isCurrent = true;
    void lookAtMemberRequests(workspaceId, { userId: member.userId }).then((outcome) => {
      if (!isCurrent || !outcome.ok) return;
      setRequests(outcome);
      setTo("");
    });
    return () => {
      isCurrent = false;
    };
  }, [isOpen, workspaceId, member.userId]);

  const reassign = async () => {
    if (to === "") return refuse("validation_failed", "Choose who decides instead.");
    const outcome = await reassignRequests(workspaceId, { from: member.email, to });
    if (outcome.ok) {
      const rest = outcome.remaining === 0 ? "" : ` ${counted(outcome.remaining, "request")} stayed where it was.`;
      toast.show({
        tone: "ok",
        title: `${counted(outcome.reassigned, "request")} reassigned`,
        children: `${to} gets an email about each.${rest}`,
      });
      router.refresh();
    }
    return outcome;
  };

  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={close}
      title={`Reassign the requests of ${name}`}
      confirmLabel="Reassign requests"
      busyLabel="Reassigning"
      tone="plain"
      onConfirm={reassign}
    >
      {requests === null ? (
        <p aria-live="polite">Checking the pending requests…</p>
      ) : requests.runs === 0 ? (
        <p>{name} isn’t asked to approve any pending run.</p>
      ) : (
        <>
          <p>
            {name} is asked to approve {counted(requests.runs, "pending run")}. The other person gets an email about each, and any
            reminders. Links that were emailed to {name} stop working and say so. {name} stays an approver of later runs.
          </p>
          <SuccessorField
            label="To"
            successors={requests.to}
            total={requests.runs}
            value={to}
            change={setTo}
            nobody="Choose a person"
            hint="Members whose role can decide, and approvers of the actions or the workspace."
          />
        </>
      )}
    </ConfirmDialog>
  );
}
