"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { RadioCards } from "@/components/ui/radio-cards";
import { SecretDialog } from "@/components/ui/secret-dialog";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { createKey } from "@/lib/api-keys/server-actions";
import { NewKeyShown } from "./new-key-shown";

export function NewKeyDialog({ workspaceId }: { workspaceId: string }) {
  return (
    <SecretDialog<string>
      trigger={
        <Button size="sm" icon={<Plus />}>
          New key
        </Button>
      }
      title="New key"
      shownTitle="Your new key"
      description="Each app needs its own API key, and the workspace key."
      form={(onMade) => <NewKeyForm workspaceId={workspaceId} onMade={onMade} />}
      shown={(key) => <NewKeyShown value={key} label="Copy the new key" />}
    />
  );
}

function NewKeyForm({ workspaceId, onMade }: { workspaceId: string; onMade: (key: string) => void }) {
  const form = useServerForm({
    schema: () => import("@/lib/api-keys/schema").then(({ newKeySchema }) => newKeySchema),
    defaultValues: { kind: "api", name: "" },
    submit: (values) => createKey(workspaceId, values),
    onDone: ({ key }) => onMade(key),
  });
  return (
    <Form form={form} label="New key">
      <RadioCards
        legend="Kind"
        columns={2}
        options={[
          { value: "api", title: "API key", text: "Identifies the app. Create one for each." },
          { value: "workspace", title: "Workspace key", text: "Identifies the workspace. Apps share it." },
        ]}
        {...form.register("kind")}
      />
      <Field label="Name" name="name" hint="Where it will be used. For example, billing worker.">
        <TextInput {...form.register("name")} autoComplete="off" maxLength={100} />
      </Field>
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Creating">
          Create key
        </Button>
      </DialogFooter>
    </Form>
  );
}
