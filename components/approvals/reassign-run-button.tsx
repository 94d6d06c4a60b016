"use client";

import { UserRoundPen } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { SelectInput } from "@/components/ui/select-input";
import { useToast } from "@/components/ui/toast";
import type { ReassignmentChoices } from "@/lib/approvals/get-reassignment-choices";
import { lookAtReassignment, reassignRequest } from "@/lib/approvals/server-actions";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { refuse } from "@/lib/domain/refusals/refusal";
import { counted } from "@/lib/words/counted";
import { SuccessorField } from "./successor-field";

/** Gives one approver's place in a pending request to someone else. */
export function ReassignRunButton({
  workspaceId,
  runId,
  identicalIds = [],
}: {
  workspaceId: string;
  runId: string;
  /** Requests that are shown as one with the run. */
  identicalIds?: readonly string[];
}) {
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setIsOpen] = useState(false);
  const [choices, setChoices] = useState<ReassignmentChoices | null>(null);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");

  const open = async (opens: boolean) => {
    setIsOpen(opens);
    if (!opens) return setChoices(null);
    setTo("");
    const outcome = await lookAtReassignment(workspaceId, { runId });
    if (!outcome.ok) return;
    setChoices(outcome.choices);
    setFrom(outcome.choices.from[0] ?? "");
  };
  const reassign = async () => {
    if (to === "") return refuse("validation_failed", "Choose who decides instead.");
    const outcome = await reassignRequest(workspaceId, { runId, identicalIds: [...identicalIds], from, to });
    if (outcome.ok) {
      toast.show({
        tone: "ok",
        title: outcome.reassigned === 1 ? "Request reassigned" : `${outcome.reassigned} requests reassigned`,
        children: `${to} gets an email.`,
      });
      router.refresh();
    }
    return outcome;
  };

  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={(opens) => void open(opens)}
      title="Reassign request"
      confirmLabel="Reassign request"
      busyLabel="Reassigning"
      tone="plain"
      onConfirm={reassign}
      trigger={<Button icon={<UserRoundPen />}>Reassign request…</Button>}
    >
      {choices === null ? (
        <p aria-live="polite">Checking who can decide…</p>
      ) : choices.from.length === 0 ? (
        <p>This request is no longer pending, or it isn’t yours to reassign.</p>
      ) : (
        <>
          {identicalIds.length === 0 ? null : <p>This also reassigns {counted(identicalIds.length, "identical request")}.</p>}
          <p>The other person gets an email and any reminders. Links emailed to {from} stop working and say so.</p>
          {choices.from.length === 1 ? null : (
            <Field className="text-ink" label="From">
              <SelectInput value={from} onChange={(event) => setFrom(event.target.value)}>
                {choices.from.map((email) => (
                  <option key={email}>{email}</option>
                ))}
              </SelectInput>
            </Field>
          )}
          <SuccessorField
            label="To"
            successors={choices.to.filter(({ email }) => !isSamePerson(email, from))}
            total={1}
            value={to}
            change={setTo}
            nobody="Choose a person"
            hint="Members whose role can decide, and approvers of the action or the workspace."
          />
        </>
      )}
    </ConfirmDialog>
  );
}
