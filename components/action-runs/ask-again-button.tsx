"use client";

import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { mailApproversAgain } from "@/lib/approvals/server-actions";

/** Resends the request to everyone who was asked. */
export function AskAgainButton({
  workspaceId,
  runId,
  asked,
  isMailKept,
}: {
  workspaceId: string;
  runId: string;
  asked: readonly string[];
  /** The console keeps its email instead of sending it. */
  isMailKept: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const send = async () => {
    const outcome = await mailApproversAgain(workspaceId, { runId, email: null });
    if (outcome.ok) {
      toast.show({
        tone: "ok",
        title: isMailKept ? "Email stored in the mailbox" : "Email queued",
        children: `To ${listOf(outcome.mailed)}.`,
      });
      router.refresh();
    }
    return outcome;
  };
  return (
    <ConfirmDialog
      title="Resend the email?"
      confirmLabel="Resend email"
      busyLabel="Resending"
      tone="plain"
      onConfirm={send}
      trigger={<Button icon={<Send />}>Resend email</Button>}
    >
      {listOf(asked)} will get an email with a new link. Earlier links keep working. Anyone emailed in the last 5 minutes is skipped. Each
      email counts toward the monthly limit.
    </ConfirmDialog>
  );
}

function listOf(emails: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(emails);
}
