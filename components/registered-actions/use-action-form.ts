"use client";

import { useState } from "react";
import { lateModule } from "@/components/ui/late-module";
import { useServerForm } from "@/components/ui/use-server-form";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import { submitEditedAction, submitNewAction } from "@/lib/registered-actions/server-actions";
import type { EditConflict } from "./conflict-notice";

export const lateConflictNotice = lateModule(() => import("./conflict-notice").then((loaded) => loaded.ConflictNotice));

/** Registers or saves an action. Who saves second gets the other's changes into the form, keeps their own, and looks once more. */
export function useActionForm({
  workspaceId,
  start,
  onDone,
}: {
  workspaceId: string;
  start: TypedAction;
  onDone: (name: string, proposalId: string | null) => void;
}) {
  const [conflict, setConflict] = useState<EditConflict | null>(null);
  const submit = start.configVersion === null ? submitNewAction : submitEditedAction;
  const form = useServerForm({
    schema: () => import("@/lib/registered-actions/action-form-schema").then(({ actionFormSchema }) => actionFormSchema),
    guardsEdits: true,
    defaultValues: start,
    async submit(typed): Promise<{ ok: true; name: string; proposalId: string | null } | Refusal> {
      const outcome = await submit(workspaceId, typed);
      if (outcome.ok) return { ok: true, name: typed.name, proposalId: "proposalId" in outcome ? outcome.proposalId : null };
      if (outcome.code === "edit_conflict") await takeOver(outcome);
      return outcome;
    },
    onDone: ({ name, proposalId }) => onDone(name, proposalId),
  });

  // Reading it here makes the form keep track of what was typed.
  const { dirtyFields } = form.formState;

  async function takeOver({ fields }: Refusal): Promise<void> {
    const [{ actionSchema }, { typedOf }] = await Promise.all([
      import("@/lib/registered-actions/schema"),
      import("@/lib/registered-actions/typed-of"),
      lateConflictNotice.load(),
    ]);
    const current = actionSchema.safeParse(fields?.current);
    const version = fields?.config_version;
    if (!current.success || typeof version !== "number") return;
    const hasTyped = Object.keys(dirtyFields).length > 0;
    form.reset(typedOf(current.data, version), { keepDirtyValues: true });
    setConflict({ by: textOr(fields?.changed_by, "Someone"), at: textOr(fields?.changed_at, null), hasTyped });
  }

  return { form, conflict };
}

function textOr<Otherwise>(value: unknown, otherwise: Otherwise): string | Otherwise {
  return typeof value === "string" ? value : otherwise;
}
