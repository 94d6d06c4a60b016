"use client";

import { useRouter } from "next/navigation";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { SelectInput } from "@/components/ui/select-input";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import type { FreezeTargets } from "@/lib/freezes/list-freeze-targets";
import { freeze } from "@/lib/freezes/server-actions";
import { FreezeEffects } from "./freeze-effects";
import { stillRunning } from "./freeze-labels";

const WORKSPACE = "workspace";

/** Freezes the workspace, or one action or API key of it. */
export function FreezeForm({ workspaceId, targets }: { workspaceId: string; targets: FreezeTargets }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/freezes/schema").then(({ freezeFormSchema }) => freezeFormSchema),
    defaultValues: { what: WORKSPACE, reason: "" },
    submit: ({ what, reason }) => freeze(workspaceId, { ...idsOf(what), reason }),
    onDone: ({ claims }) => {
      toast.show({ tone: "ok", title: "Frozen", children: stillRunning(claims) });
      form.reset();
      router.refresh();
    },
  });
  return (
    <Form form={form} className="grid gap-4" label="Freeze">
      <Field label="What to freeze" name="what" className="max-w-96">
        <SelectInput {...form.register("what")}>
          <option value={WORKSPACE}>The whole workspace</option>
          <optgroup label="API keys">
            {targets.apiKeys.map(({ id, name, hint }) => (
              <option key={id} value={`key ${id}`}>
                {name} ({hint})
              </option>
            ))}
          </optgroup>
          <optgroup label="Actions">
            {targets.actions.map(({ name, title }) => (
              <option key={name} value={`action ${name}`}>
                {title}
              </option>
            ))}
          </optgroup>
        </SelectInput>
      </Field>
      <Field label="Reason" name="reason" hint="Shown to everyone concerned and saved in the receipt.">
        <TextAreaInput {...form.register("reason")} rows={2} maxLength={COMMENT_MAX_LENGTH} />
      </Field>
      <div className="grid max-w-[72ch] gap-2 text-muted">
        <FreezeEffects />
      </div>
      <SubmitRow form={form} label="Freeze" busyLabel="Freezing" variant="danger" />
    </Form>
  );
}

function idsOf(what: string): { actionName: string | null; apiKeyId: string | null } {
  const [kind, id = null] = what.split(" ");
  return { actionName: kind === "action" ? id : null, apiKeyId: kind === "key" ? id : null };
}
