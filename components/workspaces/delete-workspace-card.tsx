"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { removeWorkspace } from "@/lib/workspaces/server-actions";

/** The owner's alone, and only after its name was typed. */
export function DeleteWorkspaceCard({ workspaceId, name, runsWaiting }: { workspaceId: string; name: string; runsWaiting: number }) {
  const router = useRouter();
  const toast = useToast();
  const remove = async () => {
    const outcome = await removeWorkspace(workspaceId, { name });
    if (!outcome.ok) return outcome;
    toast.show({ tone: "ok", title: `${name} is deleted`, children: "Its keys are refused from now on." });
    router.push("/home");
  };
  return (
    <Card className="border-stop-line" aria-labelledby="danger-title">
      <CardHeader title="Delete the workspace" id="danger-title" />
      <CardBody className="grid gap-3 p-4">
        <ul className="grid list-disc gap-1 pl-4 text-muted">
          <li>Its keys stop at once: agents are refused, and nothing more may be executed, claimed or reported.</li>
          <li>{waitingWords(runsWaiting)}</li>
          <li>Nobody can open it any more, members included. Its runs and receipts stay in the database, as evidence.</li>
          <li>Its place in your limit of workspaces is free again. It cannot be brought back here.</li>
        </ul>
        <div>
          <ConfirmDialog
            title={`Delete ${name}?`}
            confirmLabel="Delete workspace"
            busyLabel="Deleting"
            cancelLabel="Keep it"
            typeToConfirm={name}
            onConfirm={remove}
            trigger={<Button variant="danger">Delete this workspace</Button>}
          >
            <p>Its keys stop at once and nobody can open it any more. {runsWaiting === 0 ? "" : waitingWords(runsWaiting)}</p>
          </ConfirmDialog>
        </div>
      </CardBody>
    </Card>
  );
}

function waitingWords(count: number): string {
  if (count === 0) return "Nothing waits for an answer now. What comes in before you confirm is blocked.";
  const runs =
    count === 1 ? "1 run that waits for an answer is blocked" : `${count.toLocaleString("en-US")} runs that wait for an answer are blocked`;
  return `${runs}, in your name. From the moment you confirm nobody can approve them, and their links say so.`;
}
