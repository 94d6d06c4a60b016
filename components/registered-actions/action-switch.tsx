"use client";

import { CirclePause, CirclePlay } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { switchAction } from "@/lib/registered-actions/server-actions";
import { PROPOSED_TOAST } from "@/lib/words/proposal-messages";

/** Deactivates or activates, after saying what will become of proposals. */
export function ActionSwitch({
  workspaceId,
  name,
  title,
  isActive,
  needsAnotherPerson,
}: {
  workspaceId: string;
  name: string;
  title: string;
  isActive: boolean;
  /** A second person confirms an activation. */
  needsAnotherPerson: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const change = async () => {
    const outcome = await switchAction(workspaceId, { name, isActive: !isActive });
    if (outcome.ok) {
      toast.show(outcome.proposalId === null ? { tone: "ok", title: `${name} is ${isActive ? "inactive" : "active"}` } : PROPOSED_TOAST);
      router.refresh();
    }
    return outcome;
  };
  if (isActive) {
    return (
      <ConfirmDialog
        trigger={<Button icon={<CirclePause />}>Deactivate</Button>}
        title={`Deactivate ${title}?`}
        confirmLabel="Deactivate action"
        busyLabel="Deactivating"
        onConfirm={change}
      >
        <p>
          While it’s inactive, every proposal of <code className="font-mono text-xs text-ink">{name}</code> is blocked immediately, with the
          reason <code className="font-mono text-xs text-ink">inactive_action</code>.
        </p>
        <p>
          Pending runs can be rejected or blocked, but not approved. Runs already allowed or approved can’t be claimed. Work already claimed
          continues. When you activate the action again, all of it can continue.
        </p>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      trigger={<Button icon={<CirclePlay />}>Activate</Button>}
      title={`Activate ${title}?`}
      tone="plain"
      confirmLabel={needsAnotherPerson ? "Propose activation" : "Activate action"}
      busyLabel={needsAnotherPerson ? "Proposing" : "Activating"}
      onConfirm={change}
    >
      <p>
        The policy will decide proposals of <code className="font-mono text-xs text-ink">{name}</code> again. Runs blocked in the meantime
        stay blocked.
      </p>
      {needsAnotherPerson ? <p>Another owner or admin has to confirm it first.</p> : null}
    </ConfirmDialog>
  );
}
