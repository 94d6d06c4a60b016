"use client";

import { useRouter } from "next/navigation";
import { Form, SubmitRow } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { saveCheckpointMail } from "@/lib/workspaces/server-actions";
import { AddressRows } from "./address-rows";

/** Who gets the log's checkpoint every day. */
export function CheckpointMailForm({ workspaceId, emails }: { workspaceId: string; emails: readonly string[] }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/workspaces/schema").then(({ checkpointMailFormSchema }) => checkpointMailFormSchema),
    guardsEdits: true,
    defaultValues: { checkpointReceivers: emails.map((email) => ({ email })) },
    submit: (values) => saveCheckpointMail(workspaceId, values),
    onDone: () => {
      toast.show({
        tone: "ok",
        title: "Addresses saved",
        children: "New addresses get their first email after 06:00 UTC.",
      });
      router.refresh();
    },
  });
  return (
    <Form form={form} className="grid gap-5" label="Daily checkpoint">
      <AddressRows name="checkpointReceivers" mayChange whenEmpty="Nobody gets this email." />
      <SubmitRow form={form} label="Save addresses" busyLabel="Saving" />
    </Form>
  );
}
