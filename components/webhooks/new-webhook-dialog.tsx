"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { SecretDialog } from "@/components/ui/secret-dialog";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { eventsOfKind, type WebhookKind } from "@/lib/domain/runs/webhook-events";
import { submitNewWebhook } from "@/lib/webhooks/server-actions";
import { eventOptions } from "./event-options";
import { KIND_LABELS } from "./kind-labels";
import { SecretShown } from "./secret-shown";

export function NewWebhookDialog({ workspaceId, kind }: { workspaceId: string; kind: WebhookKind }) {
  const words = KIND_LABELS[kind];
  return (
    <SecretDialog<string>
      trigger={
        <Button size="sm" icon={<Plus />}>
          {words.make}
        </Button>
      }
      title={words.make}
      shownTitle="Signing secret"
      form={(onMade) => <NewWebhookForm workspaceId={workspaceId} kind={kind} onMade={onMade} />}
      shown={(secret) => <SecretShown value={secret} />}
    />
  );
}

function NewWebhookForm({
  workspaceId,
  kind,
  onMade,
}: {
  workspaceId: string;
  kind: WebhookKind;
  onMade: (secret: string | null) => void;
}) {
  const events = eventsOfKind(kind);
  const words = KIND_LABELS[kind];
  const form = useServerForm({
    schema: () => import("@/lib/webhooks/schema").then(({ newWebhookSchema }) => newWebhookSchema),
    defaultValues: { kind, url: "", eventTypes: kind === "webhook" ? [...events] : ["run.pending"] },
    guardsEdits: true,
    submit: (values) => submitNewWebhook(workspaceId, values),
    onDone: ({ secret }) => onMade(secret),
  });
  return (
    <Form form={form} label={words.make}>
      <Field label={words.urlLabel} name="url" hint={words.urlHint}>
        <TextInput
          {...form.register("url")}
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder={kind === "slack" ? "https://hooks.slack.com/services/…" : "https://example.com/webhooks"}
          maxLength={2048}
        />
      </Field>
      <CheckList legend="Events" options={eventOptions(events)} field={form.register("eventTypes")} />
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel={kind === "slack" ? "Adding" : "Creating"}>
          {words.make}
        </Button>
      </DialogFooter>
    </Form>
  );
}
