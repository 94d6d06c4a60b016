"use client";

import { Eraser } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { eraseRunData } from "@/lib/action-runs/server-actions";
import { ERASE_REASON_MAX_LENGTH } from "@/lib/domain/access/limits";
import { refuse } from "@/lib/domain/refusals/refusal";

/** For owners: erases the run's personal data. Its receipts stay. */
export function EraseRunCard({
  workspaceId,
  runId,
  actionName,
  disabledReason,
}: {
  workspaceId: string;
  runId: string;
  actionName: string;
  /** Why it can't be erased now. */
  disabledReason: string | null;
}) {
  const router = useRouter();
  const toast = useToast();
  const [reason, setReason] = useState("");
  const erase = async () => {
    if (reason.trim() === "") return refuse("validation_failed", "Enter a reason.");
    const outcome = await eraseRunData(workspaceId, { runId, reason });
    if (outcome.ok) {
      toast.show({ tone: "ok", title: "Personal data erased" });
      router.refresh();
    }
    return outcome;
  };
  return (
    <Card aria-labelledby="personal-data">
      <CardHeader title="Personal data" id="personal-data" />
      <div className="grid gap-3 px-4 py-3">
        <p className="text-muted">
          {disabledReason ?? "The payload, the agent’s words and what the app reported can be erased permanently. The receipts stay."}
        </p>
        {disabledReason !== null ? null : (
          <ConfirmDialog
            title="Erase personal data?"
            confirmLabel="Erase personal data"
            busyLabel="Erasing"
            cancelLabel="Keep data"
            typeToConfirm={actionName}
            onConfirm={erase}
            trigger={
              <Button className="justify-self-start" icon={<Eraser />}>
                Erase personal data
              </Button>
            }
          >
            <p>
              Erased: the payload, amount and recipient, the agent’s reasoning and source, what the app reported, and emails about the run
              stored in this console.
            </p>
            <p>
              Kept: what the receipts say (such as the action, the agent’s name, who decided and their comment), the idempotency key, and
              hashes that identify a repeated request. Sent emails and the data in your app aren’t affected.
            </p>
            <p>This can’t be undone.</p>
            <Field className="text-ink" label="Reason" hint="Recorded permanently in a receipt. Don’t include names.">
              <TextAreaInput
                value={reason}
                rows={2}
                maxLength={ERASE_REASON_MAX_LENGTH}
                onChange={(event) => setReason(event.target.value)}
              />
            </Field>
          </ConfirmDialog>
        )}
      </div>
    </Card>
  );
}
