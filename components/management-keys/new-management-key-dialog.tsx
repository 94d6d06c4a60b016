"use client";

import { Plus } from "lucide-react";
import { NewKeyShown } from "@/components/api-keys/new-key-shown";
import { Button } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { SecretDialog } from "@/components/ui/secret-dialog";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { MANAGEMENT_SCOPE_NAMES, MANAGEMENT_SCOPES, type ManagementScope } from "@/lib/domain/access/management-scopes";
import { submitNewManagementKey } from "@/lib/management-keys/server-actions";

const SCOPES = MANAGEMENT_SCOPE_NAMES.map((value) => ({ value, text: MANAGEMENT_SCOPES[value].text }));
/** What policy files need. */
const USUAL_SCOPES: ManagementScope[] = ["actions:read", "actions:write"];

export function NewManagementKeyDialog({ workspaceId }: { workspaceId: string }) {
  return (
    <SecretDialog<string>
      trigger={
        <Button size="sm" icon={<Plus />}>
          New management key
        </Button>
      }
      title="New management key"
      shownTitle="Your new management key"
      description="It acts for you, within its scopes, while you’re an owner of this workspace."
      form={(onMade) => <NewManagementKeyForm workspaceId={workspaceId} onMade={onMade} />}
      shown={(key) => <NewKeyShown value={key} label="Copy the new key" />}
    />
  );
}

function NewManagementKeyForm({ workspaceId, onMade }: { workspaceId: string; onMade: (key: string) => void }) {
  const form = useServerForm({
    schema: () => import("@/lib/management-keys/schema").then(({ newManagementKeySchema }) => newManagementKeySchema),
    defaultValues: { name: "", scopes: USUAL_SCOPES },
    submit: (values) => submitNewManagementKey(workspaceId, values),
    onDone: ({ key }) => onMade(key),
  });
  return (
    <Form form={form} label="New management key">
      <Field label="Name" name="name" hint="Where it will be used. For example, policy pipeline.">
        <TextInput {...form.register("name")} autoComplete="off" maxLength={100} />
      </Field>
      <CheckList legend="Scopes" options={SCOPES} columns={2} field={form.register("scopes")} />
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
