"use client";

import { History } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { ListedPolicyVersion } from "@/lib/registered-actions/list-policy-versions";
import { submitRestoredPolicy } from "@/lib/registered-actions/server-actions";
import { policySummary } from "@/lib/words/policy-labels";

export function RestoreButton({
  workspaceId,
  name,
  configVersion,
  version,
  current,
}: {
  workspaceId: string;
  name: string;
  configVersion: number;
  version: ListedPolicyVersion;
  current: ListedPolicyVersion;
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
      confirmLabel={`Restore as version ${current.version + 1}`}
      busyLabel="Restoring"
      onConfirm={async () => {
        const outcome = await submitRestoredPolicy(workspaceId, { name, version: version.version, configVersion });
        if (outcome.ok) {
          toast.show({ tone: "ok", title: `Version ${outcome.policyVersion} is now in force` });
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
    </ConfirmDialog>
  );
}
