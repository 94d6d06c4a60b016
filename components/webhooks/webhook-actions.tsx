"use client";

import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { ListedWebhook } from "@/lib/webhooks/list-webhooks";
import { removeWebhook, sendTest, switchOneWebhook } from "@/lib/webhooks/server-actions";
import { EditWebhookDialog } from "./edit-webhook-dialog";
import { RotateSecretDialog } from "./rotate-secret-dialog";

/** What can be done with an endpoint, on its page. */
export function WebhookActions({ workspaceId, webhook, listHref }: { workspaceId: string; webhook: ListedWebhook; listHref: string }) {
  const router = useRouter();
  const toast = useToast();
  const { id } = webhook;
  const isOn = webhook.disabledAt === null;
  const test = async () => {
    const outcome = await sendTest(workspaceId, { id });
    toast.show(
      outcome.ok
        ? { tone: "ok", title: "A test is on its way", children: "What it answered is in the list in a moment." }
        : { tone: "stop", title: "Not sent", children: outcome.detail },
    );
    router.refresh();
  };
  const enable = async () => {
    const outcome = await switchOneWebhook(workspaceId, { id, isEnabled: true });
    toast.show(
      outcome.ok
        ? { tone: "ok", title: "It is on", children: "What happens from now on is sent." }
        : { tone: "stop", title: "Not changed", children: outcome.detail },
    );
    router.refresh();
  };
  const disable = async () => {
    const outcome = await switchOneWebhook(workspaceId, { id, isEnabled: false });
    if (outcome.ok) router.refresh();
    return outcome;
  };
  const remove = async () => {
    const outcome = await removeWebhook(workspaceId, { id });
    if (outcome.ok) router.push(listHref);
    return outcome;
  };
  return (
    <div className="flex flex-wrap gap-2">
      {isOn ? (
        <Button size="sm" icon={<Send />} onClick={() => void test()}>
          Send a test
        </Button>
      ) : (
        <Button size="sm" variant="primary" onClick={() => void enable()}>
          Enable
        </Button>
      )}
      <EditWebhookDialog workspaceId={workspaceId} webhook={webhook} />
      {webhook.kind === "slack" ? null : <RotateSecretDialog workspaceId={workspaceId} id={id} />}
      {isOn ? (
        <ConfirmDialog
          title="Disable it?"
          confirmLabel="Disable"
          busyLabel="Disabling"
          cancelLabel="Keep it on"
          onConfirm={disable}
          trigger={<Button size="sm">Disable</Button>}
        >
          <p>What happens while it is disabled is not sent to it, not even later.</p>
        </ConfirmDialog>
      ) : null}
      <ConfirmDialog
        title="Delete it?"
        confirmLabel="Delete"
        busyLabel="Deleting"
        cancelLabel="Keep it"
        onConfirm={remove}
        trigger={
          <Button size="sm" variant="danger">
            Delete
          </Button>
        }
      >
        <p>
          Nothing more is sent to <code className="font-mono text-xs wrap-anywhere">{webhook.url}</code>. It cannot be brought back, nor can
          its secret.
        </p>
      </ConfirmDialog>
    </div>
  );
}
