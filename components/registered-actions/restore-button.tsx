"use client";

import { History } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { ListedPolicyVersion } from "@/lib/registered-actions/list-policy-versions";
import { submitRestoredPolicy } from "@/lib/registered-actions/server-actions";
import { policySummary } from "@/lib/words/policy-labels";
import { PROPOSED_TOAST } from "@/lib/words/proposal-messages";

export function RestoreButton({
  workspaceId,
  name,
  configVersion,
  version,
  current,
  needsAnotherPerson,
}: {
  workspaceId: string;
  name: string;
  configVersion: number;
  version: ListedPolicyVersion;
  current: ListedPolicyVersion;
  needsAnotherPerson: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" icon={<History />}>
          Restore
        </Button>
      }
      title={`Restore version ${version.version}?`}
      tone="plain"
      confirmLabel={needsAnotherPerson ? "Propose to restore it" : `Restore as version ${current.version + 1}`}
      busyLabel={needsAnotherPerson ? "Proposing" : "Restoring"}
      onConfirm={async () => {
        const outcome = await submitRestoredPolicy(workspaceId, { name, version: version.version, configVersion });
        if (outcome.ok) {
          const title = `Version ${outcome.policyVersion} is now in force`;
          toast.show(outcome.proposalId === null ? { tone: "ok", title } : PROPOSED_TOAST);
          router.refresh();
        }
        return outcome;
      }}
    >
      <p>
        New policy: <strong className="font-medium text-ink">{policySummary(version.rule)}</strong>. Current policy:{" "}
        {policySummary(current.rule)}.
      </p>
      <p>
        This creates a new version. No version is lost, and runs already decided keep the version that decided them. Title, risk and
        approvers don’t change.
      </p>
      {needsAnotherPerson ? <p>Another owner or admin has to confirm it first.</p> : null}
    </ConfirmDialog>
  );
}
