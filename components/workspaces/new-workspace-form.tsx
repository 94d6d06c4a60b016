"use client";

import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { TextInput } from "@/components/ui/text-input";
import { useServerForm } from "@/components/ui/use-server-form";
import { createMyWorkspace } from "@/lib/workspaces/server-actions";
import type { NewKeys } from "./new-keys";

export function NewWorkspaceForm({ onMade }: { onMade: (made: NewKeys) => void }) {
  const form = useServerForm({
    schema: () => import("@/lib/workspaces/schema").then(({ workspaceNamesSchema }) => workspaceNamesSchema),
    defaultValues: { name: "", clientName: "" },
    submit: async (names) => {
      const outcome = await createMyWorkspace(names);
      return outcome.ok ? { ...outcome, name: names.name } : outcome;
    },
    onDone: ({ workspaceId, name, apiKey, workspaceKey }) => onMade({ workspaceId, name, apiKey, workspaceKey }),
  });
  return (
    <Card>
      <CardBody className="p-5 max-md:p-4">
        <Form form={form} label="New workspace" takesFocus>
          <Field label="Name" name="name" hint="For example, Support desk. You can change it later.">
            <TextInput {...form.register("name")} autoComplete="off" maxLength={100} />
          </Field>
          <Field
            label="Client"
            name="clientName"
            hint="Who the agent works for: a customer, a department or your own company. Shown to approvers and on receipts."
          >
            <TextInput {...form.register("clientName")} autoComplete="off" maxLength={100} />
          </Field>
          <SubmitRow form={form} label="Create workspace" busyLabel="Creating">
            <ButtonLink href="/home">Cancel</ButtonLink>
          </SubmitRow>
        </Form>
      </CardBody>
    </Card>
  );
}
