"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { sendTestRequest } from "@/lib/action-runs/server-actions";

export interface TestedAction {
  workspaceId: string;
  name: string;
  title: string;
  /** A sample the policy decides about. */
  sample: string;
}

export function TestRequestForm({ workspaceId, name, sample }: TestedAction) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/action-runs/schema").then(({ testRequestSchema }) => testRequestSchema),
    defaultValues: { name, payload: sample },
    submit: (values) => sendTestRequest(workspaceId, values),
    onDone: ({ runId }) => {
      toast.show({ tone: "ok", title: "Test request sent" });
      router.push(`/workspaces/${workspaceId}/runs/${runId}`);
    },
  });
  return (
    <Form form={form} label="Send a test request">
      <Field label="Payload" name="payload" hint="A JSON object, as your app would send it.">
        <TextAreaInput
          {...form.register("payload")}
          isMono
          rows={8}
          defaultValue={sample}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
        />
      </Field>
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Sending">
          Send test request
        </Button>
      </DialogFooter>
    </Form>
  );
}
