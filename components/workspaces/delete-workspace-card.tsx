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
    toast.show({ tone: "ok", title: "Workspace deleted", children: `Requests with the keys of ${name} are now rejected.` });
    router.push("/home");
  };
  return (
    <Card className="border-stop-line" aria-labelledby="danger-title">
      <CardHeader title="Delete workspace" id="danger-title" />
      <CardBody className="grid gap-3 p-4">
        <ul className="grid list-disc gap-1 pl-4 text-muted">
          <li>Its keys stop working immediately. Agents are rejected, and nothing more can be executed, claimed or reported.</li>
          <li>{waitingWords(runsWaiting)}</li>
          <li>Nobody can open it anymore, including its members. Its runs and receipts stay in the database as evidence.</li>
          <li>It no longer counts toward your workspace limit. You can’t restore it from the console.</li>
        </ul>
        <div>
          <ConfirmDialog
            title={`Delete ${name}?`}
            confirmLabel="Delete workspace"
            busyLabel="Deleting"
            cancelLabel="Keep workspace"
            typeToConfirm={name}
            onConfirm={remove}
            trigger={<Button variant="danger">Delete workspace</Button>}
          >
            <p>Its keys stop working immediately and nobody can open it anymore. {runsWaiting === 0 ? "" : waitingWords(runsWaiting)}</p>
          </ConfirmDialog>
        </div>
      </CardBody>
    </Card>
  );
}

function waitingWords(count: number): string {
  if (count === 0) return "No runs are pending now. Any that arrive before you confirm will be blocked.";
  const runs = count === 1 ? "1 pending run will be blocked" : `${count.toLocaleString("en-US")} pending runs will be blocked`;
  return `${runs} in your name. Once you confirm, nobody can approve them, and their links say so.`;
}
