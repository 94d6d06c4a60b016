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
import { ERASE_REASON_MAX_LENGTH } from "@/lib/action-runs/schema";
import { eraseRunData } from "@/lib/action-runs/server-actions";
import { refuse } from "@/lib/domain/refusals/refusal";

/** For owners: what the run holds of people can go, what its receipts say cannot. */
export function EraseRunCard({
  workspaceId,
  runId,
  actionName,
  disabledReason,
}: {
  workspaceId: string;
  runId: string;
  actionName: string;
  /** Why it cannot be erased now. */
  disabledReason: string | null;
}) {
  const router = useRouter();
  const toast = useToast();
  const [reason, setReason] = useState("");
  const erase = async () => {
    if (reason.trim() === "") return refuse("validation_failed", "Say why it is erased.");
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
          {disabledReason ?? "The payload, the agent’s words and what the app reported can be erased for good. The receipts stay."}
        </p>
        {disabledReason !== null ? null : (
          <ConfirmDialog
            title="Erase the personal data of this run?"
            confirmLabel="Erase for good"
            busyLabel="Erasing"
            cancelLabel="Keep it"
            typeToConfirm={actionName}
            onConfirm={erase}
            trigger={
              <Button className="justify-self-start" icon={<Eraser />}>
                Erase personal data
              </Button>
            }
          >
            <p>
              Gone for good: the payload, amount and recipient, the agent’s reasoning and source, what the app reported, and mails about the
              run that this console kept.
            </p>
            <p>
              Kept: what the receipts say, such as the action, the agent’s name, who decided and their comment; the idempotency key; and
              hashes of the payload and of the report, by which a repeated request is known. Mails that were sent, and whatever your app
              holds, are not touched.
            </p>
            <Field className="text-ink" label="Reason" hint="It stands in a receipt for good: name no person in it.">
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
