"use client";

import { FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { sendTestRequest } from "@/lib/action-runs/server-actions";

interface TestedAction {
  workspaceId: string;
  name: string;
  title: string;
  /** A sample the policy decides about. */
  sample: string;
}

/** Sends a request as an app would, so that the approval can be seen before any code is written. Nothing of it ever runs. */
export function TestRequestDialog(action: TestedAction) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen} trigger={<Button icon={<FlaskConical />}>Send test request…</Button>}>
      <DialogContent
        title={`Send a test request for ${action.title}?`}
        description={
          <p>
            The policy decides about it, and approvers are emailed if a person has to. It is marked as a test everywhere. Nothing runs, and
            webhooks and Slack channels aren’t notified. The request and its emails count toward your limits.
          </p>
        }
      >
        <TestRequestForm {...action} />
      </DialogContent>
    </Dialog>
  );
}

function TestRequestForm({ workspaceId, name, sample }: TestedAction) {
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
