"use client";

import { useRouter } from "next/navigation";
import { CheckInput } from "@/components/ui/check-input";
import { Form, SubmitRow } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { saveThawRule } from "@/lib/freezes/server-actions";

/** Whether whoever froze can thaw. */
export function ThawRuleForm({ workspaceId, thawNeedsAnotherPerson }: { workspaceId: string; thawNeedsAnotherPerson: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/freezes/schema").then(({ thawRuleSchema }) => thawRuleSchema),
    guardsEdits: true,
    defaultValues: { thawNeedsAnotherPerson },
    submit: (values) => saveThawRule(workspaceId, values),
    onDone: () => {
      toast.show({ tone: "ok", title: "Changes saved" });
      router.refresh();
    },
  });
  return (
    <Form form={form} className="grid gap-4" label="Who can thaw">
      <CheckInput
        {...form.register("thawNeedsAnotherPerson")}
        defaultChecked={thawNeedsAnotherPerson}
        label="Someone else must thaw"
        hint="The person who froze something can’t thaw it. Turning this off doesn’t change what is frozen now."
      />
      <SubmitRow form={form} label="Save changes" busyLabel="Saving" />
    </Form>
  );
}
