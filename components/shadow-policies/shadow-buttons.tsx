"use client";

import { Check, Square } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChangeList } from "@/components/policy-proposals/change-list";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { putShadowInForce, stopOneShadow } from "@/lib/shadow-policies/server-actions";
import { PROPOSED_TOAST } from "@/lib/words/proposal-messages";
import type { ShownChange } from "@/lib/words/shown-changes";

/** What an editor of the action can do about its shadow policy. */
export function ShadowButtons({
  workspaceId,
  name,
  configVersion,
  shadowId,
  changes,
  needsAnotherPerson,
  actionHref,
}: {
  workspaceId: string;
  name: string;
  /** The state of the action that the reader sees. */
  configVersion: number;
  shadowId: string;
  /** What making it the policy changes of the action; null: this release can't read the draft. */
  changes: readonly ShownChange[] | null;
  needsAnotherPerson: boolean;
  actionHref: string;
}) {
  const router = useRouter();
  const toast = useToast();
  const [comment, setComment] = useState("");
  return (
    <>
      <ConfirmDialog
        trigger={
          <Button icon={<Square />} size="sm">
            Stop…
          </Button>
        }
        title="Stop the shadow policy?"
        tone="plain"
        confirmLabel="Stop shadow policy"
        busyLabel="Stopping"
        onConfirm={async () => {
          const outcome = await stopOneShadow(workspaceId, { name, shadowId });
          if (outcome.ok) toast.show({ tone: "ok", title: "Shadow policy stopped" });
          router.refresh();
          return outcome;
        }}
      >
        <p>New runs will no longer be compared. The comparison so far stays available.</p>
      </ConfirmDialog>
      {changes === null ? null : (
        <ConfirmDialog
          trigger={
            <Button icon={<Check />} size="sm" variant="primary">
              {needsAnotherPerson ? "Propose as policy…" : "Make it the policy…"}
            </Button>
          }
          title={needsAnotherPerson ? "Propose it as the policy?" : "Make it the policy?"}
          tone="plain"
          confirmLabel={needsAnotherPerson ? "Propose change" : "Make it the policy"}
          busyLabel={needsAnotherPerson ? "Proposing" : "Saving"}
          onConfirm={async () => {
            const outcome = await putShadowInForce(workspaceId, { name, shadowId, configVersion, comment });
            if (outcome.ok) {
              const title = `Version ${outcome.policyVersion} is now in force`;
              toast.show(outcome.proposalId === null ? { tone: "ok", title } : PROPOSED_TOAST);
              // Where the proposal stands.
              if (outcome.proposalId !== null) router.push(actionHref);
            }
            // Whoever was slower sees what is in force before they try again.
            router.refresh();
            return outcome;
          }}
        >
          <p>This saves the policy with its risk and recipient field. The rest of the action doesn’t change.</p>
          <ChangeList changes={changes} />
          {needsAnotherPerson ? (
            <>
              <p>Another owner or admin has to confirm it first. Until then, it stays in shadow.</p>
              <Field className="text-ink" label="Comment" isOptional>
                <TextAreaInput
                  value={comment}
                  rows={2}
                  maxLength={COMMENT_MAX_LENGTH}
                  onChange={(event) => setComment(event.target.value)}
                />
              </Field>
            </>
          ) : null}
        </ConfirmDialog>
      )}
    </>
  );
}
