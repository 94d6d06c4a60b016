"use client";

import { Snowflake } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { freeze, freezeEverything } from "@/lib/freezes/server-actions";
import { FreezeEffects } from "./freeze-effects";
import { FREEZE_NOUNS, stillRunning } from "./freeze-labels";

export type FreezeTarget =
  | { scope: "console" }
  | { scope: "workspace"; workspaceId: string; name: string }
  | { scope: "action"; workspaceId: string; name: string; actionName: string }
  | { scope: "api_key"; workspaceId: string; name: string; apiKeyId: string };

/** Asks for a reason, freezes, and goes to where people see what may still be running. */
export function FreezeButton({ target, size }: { target: FreezeTarget; size?: ButtonProps["size"] }) {
  const router = useRouter();
  const toast = useToast();
  const [reason, setReason] = useState("");
  const noun = FREEZE_NOUNS[target.scope];
  const start = async () => {
    if (reason.trim() === "") return refuse("validation_failed", "Enter a reason.");
    const outcome = await submit(target, reason);
    if (!outcome.ok) return outcome;
    toast.show({ tone: "ok", title: `${titleOf(noun)} frozen`, children: stillRunning(outcome.claims) });
    if (target.scope === "console") router.refresh();
    else router.push(`/workspaces/${target.workspaceId}/freezes`);
    return outcome;
  };
  return (
    <ConfirmDialog
      title={target.scope === "console" ? "Freeze the whole console?" : `Freeze ${noun} “${target.name}”?`}
      confirmLabel={`Freeze ${noun}`}
      busyLabel="Freezing"
      onConfirm={start}
      trigger={
        <Button
          size={size}
          icon={<Snowflake />}
          aria-label={size === "sm" && target.scope !== "console" ? `Freeze ${target.name}` : undefined}
        >
          {size === "sm" ? "Freeze…" : `Freeze ${noun}…`}
        </Button>
      }
    >
      <FreezeEffects />
      <Field className="text-ink" label="Reason" hint="Shown to everyone concerned and saved in the receipt.">
        <TextAreaInput value={reason} rows={2} maxLength={COMMENT_MAX_LENGTH} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}

function submit(target: FreezeTarget, reason: string): Promise<{ ok: true; claims: number } | Refusal> {
  switch (target.scope) {
    case "console":
      return freezeEverything({ reason });
    case "workspace":
      return freeze(target.workspaceId, { actionName: null, apiKeyId: null, reason });
    case "action":
      return freeze(target.workspaceId, { actionName: target.actionName, apiKeyId: null, reason });
    case "api_key":
      return freeze(target.workspaceId, { actionName: null, apiKeyId: target.apiKeyId, reason });
  }
}

function titleOf(noun: string): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}
