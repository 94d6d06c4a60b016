"use client";

import { useRouter } from "next/navigation";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import type { WorkspaceNames } from "@/lib/workspaces/schema";
import { saveNames } from "@/lib/workspaces/server-actions";

/** Read-only for members who may not change them. */
export function NamesForm({ workspaceId, names, mayChange }: { workspaceId: string; names: WorkspaceNames; mayChange: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/workspaces/schema").then(({ workspaceNamesSchema }) => workspaceNamesSchema),
    guardsEdits: true,
    defaultValues: names,
    submit: (values) => saveNames(workspaceId, values),
    onDone: () => {
      form.reset(form.getValues());
      toast.show({ tone: "ok", title: "Names saved" });
      router.refresh();
    },
  });
  return (
    <Form form={form} label="Names">
      <Field label="Name" name="name">
        <TextInput {...form.register("name")} readOnly={!mayChange} autoComplete="off" maxLength={100} />
      </Field>
      <Field label="Client" name="clientName" hint="Shown to approvers in emails and to clients on receipts.">
        <TextInput {...form.register("clientName")} readOnly={!mayChange} autoComplete="off" maxLength={100} />
      </Field>
      {mayChange ? <SubmitRow form={form} label="Save names" busyLabel="Saving" /> : null}
    </Form>
  );
}
