"use client";

import { Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import type { ListedFreeze } from "@/lib/freezes/list-freezes";
import { thawEverything, unfreeze } from "@/lib/freezes/server-actions";
import { frozenThingWithin } from "@/lib/words/freeze-words";

export function ThawButton({ freeze }: { freeze: Pick<ListedFreeze, "id" | "workspaceId" | "scope" | "name"> }) {
  const router = useRouter();
  const toast = useToast();
  const [comment, setComment] = useState("");
  const thaw = async () => {
    const input = { freezeId: freeze.id, comment };
    const outcome = freeze.workspaceId === null ? await thawEverything(input) : await unfreeze(freeze.workspaceId, input);
    if (outcome.ok) {
      toast.show({ tone: "ok", title: "Thawed", children: "Deadlines got back the time that stood still." });
      router.refresh();
    }
    return outcome;
  };
  return (
    <ConfirmDialog
      title={`Thaw ${frozenThingWithin(freeze)}?`}
      tone="plain"
      confirmLabel="Thaw"
      busyLabel="Thawing"
      cancelLabel="Keep frozen"
      onConfirm={thaw}
      trigger={<Button icon={<Sun />}>Thaw…</Button>}
    >
      <p>
        Policies decide new proposals again, and approved runs can be claimed immediately. Deadlines get back the time that stood still.
        Runs that were blocked meanwhile stay blocked.
      </p>
      <Field className="text-ink" label="Comment" isOptional hint="Saved in the receipt.">
        <TextAreaInput value={comment} rows={2} maxLength={COMMENT_MAX_LENGTH} onChange={(event) => setComment(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}
