"use client";

import { Controller } from "react-hook-form";
import { useRouter } from "next/navigation";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { ApproverRows } from "@/components/workspaces/approver-rows";
import { DurationInput } from "@/components/workspaces/duration-input";
import { routingFormSchema } from "@/lib/workspaces/schema";
import { saveRouting } from "@/lib/workspaces/server-actions";

export function RoutingForm({ workspaceId, routing, ownerEmail, consoleWindow, mayChange }: {
  workspaceId: string;
  routing: { approverEmails: string[]; approvalWindowMinutes: number | null };
  ownerEmail: string;
  /** "1 day": what holds when the field is empty. */
  consoleWindow: string;
  mayChange: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: routingFormSchema,
    defaultValues: { approvers: routing.approverEmails.map((email) => ({ email })), approvalWindowMinutes: routing.approvalWindowMinutes },
    submit: (values) => saveRouting(workspaceId, values),
    onDone: () => {
      toast.show({ tone: "ok", title: "Approval routing saved", children: "It holds for the next run. What waits already keeps its approvers and its time." });
      router.refresh();
    },
  });
  return (
    <Form form={form} className="grid gap-5" label="Approval routing">
      <ApproverRows mayChange={mayChange} whenEmpty={`Nobody is named, so the owner, ${ownerEmail}, is asked.`} />
      <Field label="Time to decide" name="approvalWindowMinutes" isOptional hint={`A link works that long; then the run is rejected. Left empty, the console’s own time holds: ${consoleWindow}.`} className="max-w-80">
        <Controller
          control={form.control}
          name="approvalWindowMinutes"
          render={({ field }) => <DurationInput value={field.value} onChange={field.onChange} isReadOnly={!mayChange} placeholder={consoleWindow} />}
        />
      </Field>
      {mayChange ? <SubmitRow form={form} label="Save routing" busyLabel="Saving" /> : null}
    </Form>
  );
}
