"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { requestLeave } from "@/components/ui/request-leave";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { eventsOfKind, WEBHOOK_KIND_NAMES } from "@/lib/domain/runs/webhook-events";
import type { ListedWebhook } from "@/lib/webhooks/list-webhooks";
import { submitEditedWebhook } from "@/lib/webhooks/server-actions";
import { eventOptions } from "./event-options";
import { KIND_LABELS } from "./kind-labels";

export function EditWebhookDialog({ workspaceId, webhook }: { workspaceId: string; webhook: ListedWebhook }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    setIsOpen(false);
    router.refresh();
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? setIsOpen(true) : requestLeave(() => setIsOpen(false)))}
      trigger={<Button size="sm">Edit {WEBHOOK_KIND_NAMES[webhook.kind]}</Button>}
    >
      <DialogContent title={`Edit ${WEBHOOK_KIND_NAMES[webhook.kind]}`}>
        <EditForm workspaceId={workspaceId} webhook={webhook} onDone={close} />
      </DialogContent>
    </Dialog>
  );
}

/** The address of a Slack channel is its secret, so it stays what it is. */
function EditForm({ workspaceId, webhook, onDone }: { workspaceId: string; webhook: ListedWebhook; onDone: () => void }) {
  const { id, url, eventTypes, kind } = webhook;
  const form = useServerForm({
    schema: () => import("@/lib/webhooks/schema").then(({ editedWebhookSchema }) => editedWebhookSchema),
    defaultValues: { id, url, eventTypes },
    guardsEdits: true,
    submit: (values) => submitEditedWebhook(workspaceId, values),
    onDone,
  });
  return (
    <Form form={form} label="Edit">
      {kind === "slack" ? null : (
        <Field label={KIND_LABELS[kind].urlLabel} name="url" hint="Queued deliveries also go to the new URL.">
          <TextInput {...form.register("url")} type="url" inputMode="url" autoComplete="off" maxLength={2048} />
        </Field>
      )}
      <CheckList legend="Events" options={eventOptions(eventsOfKind(kind))} field={form.register("eventTypes")} />
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Saving">
          Save changes
        </Button>
      </DialogFooter>
    </Form>
  );
}
