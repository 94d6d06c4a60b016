"use client";

import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { mailApproversAgain } from "@/lib/approvals/server-actions";

/** Mails everybody who was asked once more. */
export function AskAgainButton({
  workspaceId,
  runId,
  asked,
  isMailKept,
}: {
  workspaceId: string;
  runId: string;
  asked: readonly string[];
  /** The console keeps its mail instead of sending it. */
  isMailKept: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const send = async () => {
    const outcome = await mailApproversAgain(workspaceId, { runId, email: null });
    if (outcome.ok) {
      toast.show({
        tone: "ok",
        title: isMailKept ? "Email kept in the mailbox" : "Email queued",
        children: `To ${listOf(outcome.mailed)}.`,
      });
      router.refresh();
    }
    return outcome;
  };
  return (
    <ConfirmDialog
      title="Send the mail again?"
      confirmLabel="Send again"
      busyLabel="Sending"
      tone="plain"
      onConfirm={send}
      trigger={<Button icon={<Send />}>Send the mail again</Button>}
    >
      {listOf(asked)} {asked.length === 1 ? "gets" : "get"} a mail with a new link. The links from earlier mails go on working. Whoever was
      mailed in the last minutes gets none, and each mail counts against the month’s.
    </ConfirmDialog>
  );
}

function listOf(emails: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(emails);
}
