"use client";

import { useRouter } from "next/navigation";
import { CheckInput } from "@/components/ui/check-input";
import { Form, SubmitRow } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { savePolicyRule } from "@/lib/policy-proposals/server-actions";
import { PROPOSED_TOAST } from "@/lib/words/proposal-messages";

/** Whether policy changes wait for a second person. */
export function PolicyRuleForm({ workspaceId, isOn }: { workspaceId: string; isOn: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/policy-proposals/schema").then(({ policyRuleSchema }) => policyRuleSchema),
    guardsEdits: true,
    defaultValues: { policyChangeNeedsAnotherPerson: isOn },
    submit: (values) => savePolicyRule(workspaceId, values),
    onDone: ({ proposalId }) => {
      toast.show(proposalId === null ? { tone: "ok", title: "Changes saved" } : PROPOSED_TOAST);
      if (proposalId !== null) {
        // It's still on. A reset alone leaves the box as it is.
        form.reset({ policyChangeNeedsAnotherPerson: isOn }, { keepValues: true });
        form.setValue("policyChangeNeedsAnotherPerson", isOn);
      }
      router.refresh();
    },
  });
  return (
    <Form form={form} className="grid gap-4" label="Policy changes">
      <CheckInput
        {...form.register("policyChangeNeedsAnotherPerson")}
        defaultChecked={isOn}
        label="A second person must confirm policy changes"
        hint="Changes of policies and approvers wait until another owner or admin confirms them. Turning this off also has to be confirmed."
      />
      <SubmitRow form={form} label="Save changes" busyLabel="Saving" />
    </Form>
  );
}
