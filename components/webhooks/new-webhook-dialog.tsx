"use client";

import { useState } from "react";
import { useRouter } from "next/navigation";
import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { EventChoice } from "@/components/webhooks/event-choice";
import { KIND_WORDS } from "@/components/webhooks/kind-words";
import { SecretShown } from "@/components/webhooks/secret-shown";
import { eventsOfKind, type WebhookKind } from "@/lib/domain/webhook-events";
import { newWebhookSchema } from "@/lib/webhooks/schema";
import { submitNewWebhook } from "@/lib/webhooks/server-actions";

/** The list behind it is read again when the dialog closes, not while the secret is being copied. */
export function NewWebhookDialog({ workspaceId, kind }: { workspaceId: string; kind: WebhookKind }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const change = (open: boolean) => {
    setIsOpen(open);
    if (open) return;
    setSecret(null);
    router.refresh();
  };
  const words = KIND_WORDS[kind];
  return (
    <Dialog open={isOpen} onOpenChange={change} trigger={<Button size="sm" icon={<Plus />}>{words.make}</Button>}>
      <DialogContent
        title={secret === null ? words.make : `The secret of the ${words.name}`}
        // A press beside the dialog must not lose the secret.
        onPointerDownOutside={(event) => {
          if (secret !== null) event.preventDefault();
        }}
      >
        {secret === null ? (
          <NewWebhookForm workspaceId={workspaceId} kind={kind} onMade={(made) => (made === null ? change(false) : setSecret(made))} />
        ) : (
          <SecretShown value={secret} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function NewWebhookForm({ workspaceId, kind, onMade }: { workspaceId: string; kind: WebhookKind; onMade: (secret: string | null) => void }) {
  const events = eventsOfKind(kind);
  const words = KIND_WORDS[kind];
  const form = useServerForm({
    schema: newWebhookSchema,
    defaultValues: { kind, url: "", eventTypes: kind === "webhook" ? [...events] : ["run.pending"] },
    submit: (values) => submitNewWebhook(workspaceId, values),
    onDone: ({ secret }) => onMade(secret),
  });
  return (
    <Form form={form} label={words.make}>
      <Field label={words.urlLabel} name="url" hint={words.urlHint}>
        <TextInput {...form.register("url")} type="url" inputMode="url" autoComplete="off" placeholder={kind === "slack" ? "https://hooks.slack.com/services/…" : "https://example.com/webhooks"} maxLength={2048} />
      </Field>
      <EventChoice events={events} field={form.register("eventTypes")} />
      <DialogFooter>
        <DialogClose><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Making">{kind === "slack" ? "Add channel" : "Make webhook"}</Button>
      </DialogFooter>
    </Form>
  );
}
