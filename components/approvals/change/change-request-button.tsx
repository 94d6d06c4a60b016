"use client";

import { PencilLine } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckField } from "@/components/ui/check-field";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { submitDecision } from "@/lib/approvals/server-actions";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import type { OfferedField } from "@/lib/domain/policy/change-fields";
import { refuse } from "@/lib/domain/refusals/refusal";
import { ChangeInputs } from "./change-inputs";
import { CHANGE_LABELS, REASON_HINT, REASON_MISSING } from "./change-labels";

/** Opens the fields that the reader may change, on the card of a pending request. */
export function ChangeRequestButton({
  runId,
  title,
  answer,
  fields,
  current,
  payloadHash,
  checkedLabel,
}: {
  runId: string;
  title: string;
  /** Reject: the app doesn't take changes, so they are proposed instead. */
  answer: "approve" | "reject";
  fields: readonly OfferedField[];
  /** The values as they are now, by field. */
  current: Readonly<Record<string, string>>;
  payloadHash: string;
  checkedLabel: string;
}) {
  const router = useRouter();
  const toast = useToast();
  const [values, setValues] = useState(current);
  const [reason, setReason] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const labels = CHANGE_LABELS[answer];

  const submit = async () => {
    if (reason.trim() === "") return refuse("validation_failed", REASON_MISSING);
    if (answer === "approve" && !isChecked)
      return refuse("validation_failed", "Select the checkbox to confirm that you’ve checked the request.");
    const outcome = await submitDecision({
      runId,
      decision: answer,
      comment: reason,
      isConfirmed: isChecked,
      changes: { ...values },
      payloadHash: answer === "approve" ? payloadHash : null,
    });
    if (outcome.ok) {
      const isPending = outcome.run.effect.governanceStatus === "pending_approval";
      toast.show({
        tone: "ok",
        title: `${isPending ? "Change recorded" : labels.done}: ${title}`,
        children: isPending ? "The run stays pending. Everyone approves the changed request." : undefined,
      });
      router.refresh();
    }
    return outcome;
  };

  return (
    <ConfirmDialog
      title={`${labels.verb}?`}
      tone="plain"
      confirmLabel={labels.verb}
      busyLabel={labels.busy}
      onConfirm={submit}
      trigger={<Button icon={<PencilLine />}>{labels.verb}…</Button>}
    >
      <p>{labels.effect}</p>
      <ChangeInputs fields={fields} values={values} onChange={(field, value) => setValues((before) => ({ ...before, [field]: value }))} />
      <Field className="text-ink" label="Reason" hint={REASON_HINT}>
        <TextAreaInput value={reason} rows={2} maxLength={COMMENT_MAX_LENGTH} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {answer === "approve" ? (
        <CheckField
          name="confirm"
          value="yes"
          label={checkedLabel}
          checked={isChecked}
          onChange={(event) => setIsChecked(event.target.checked)}
        />
      ) : null}
    </ConfirmDialog>
  );
}
