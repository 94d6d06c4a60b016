"use client";

import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { WEBHOOK_KIND_NAMES } from "@/lib/domain/runs/webhook-events";
import type { ListedWebhook } from "@/lib/webhooks/list-webhooks";
import { removeWebhook, sendTest, switchOneWebhook } from "@/lib/webhooks/server-actions";
import { EditWebhookDialog } from "./edit-webhook-dialog";
import { RotateSecretDialog } from "./rotate-secret-dialog";

/** What can be done with an endpoint, on its page. */
export function WebhookActions({ workspaceId, webhook, listHref }: { workspaceId: string; webhook: ListedWebhook; listHref: string }) {
  const router = useRouter();
  const toast = useToast();
  const { id } = webhook;
  const name = WEBHOOK_KIND_NAMES[webhook.kind];
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  const isOn = webhook.disabledAt === null;
  const test = async () => {
    const outcome = await sendTest(workspaceId, { id });
    toast.show(
      outcome.ok
        ? { tone: "ok", title: "Test queued", children: "The response will appear in the list in a moment." }
        : { tone: "stop", title: "Test not sent", children: outcome.detail },
    );
    router.refresh();
  };
  const enable = async () => {
    const outcome = await switchOneWebhook(workspaceId, { id, isEnabled: true });
    toast.show(
      outcome.ok
        ? { tone: "ok", title: `${capital} enabled`, children: "New events will be sent." }
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
          Enable {name}
        </Button>
      )}
      <EditWebhookDialog workspaceId={workspaceId} webhook={webhook} />
      {webhook.kind === "slack" ? null : <RotateSecretDialog workspaceId={workspaceId} id={id} />}
      {isOn ? (
        <ConfirmDialog
          title={`Disable ${name}?`}
          confirmLabel={`Disable ${name}`}
          busyLabel="Disabling"
          cancelLabel="Keep enabled"
          onConfirm={disable}
          trigger={<Button size="sm">Disable {name}</Button>}
        >
          <p>Events that happen while it’s disabled are never sent.</p>
        </ConfirmDialog>
      ) : null}
      <ConfirmDialog
        title={`Delete ${name}?`}
        confirmLabel={`Delete ${name}`}
        busyLabel="Deleting"
        cancelLabel={`Keep ${name}`}
        onConfirm={remove}
        trigger={
          <Button size="sm" variant="danger">
            Delete {name}
          </Button>
        }
      >
        <p>
          Nothing more will be sent to <code className="font-mono text-xs wrap-anywhere">{webhook.url}</code>. Its settings and its secret
          are deleted. This can’t be undone.
        </p>
      </ConfirmDialog>
    </div>
  );
}
