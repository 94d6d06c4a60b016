"use client";

import { CirclePause, CirclePlay } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { switchAction } from "@/lib/registered-actions/server-actions";

/** Deactivates or activates, after saying what will become of proposals. */
export function ActionSwitch({
  workspaceId,
  name,
  title,
  isActive,
}: {
  workspaceId: string;
  name: string;
  title: string;
  isActive: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const change = async () => {
    const outcome = await switchAction(workspaceId, { name, isActive: !isActive });
    if (outcome.ok) {
      toast.show({ tone: "ok", title: `${name} is ${isActive ? "inactive" : "active"}` });
      router.refresh();
    }
    return outcome;
  };
  if (isActive) {
    return (
      <ConfirmDialog
        trigger={<Button icon={<CirclePause />}>Deactivate</Button>}
        title={`Deactivate ${title}?`}
        confirmLabel="Deactivate"
        busyLabel="Deactivating"
        onConfirm={change}
      >
        <p>
          While it is inactive, every proposal of <code className="font-mono text-xs text-ink">{name}</code> is blocked at once, with the
          reason <code className="font-mono text-xs text-ink">inactive_action</code>.
        </p>
        <p>
          What waits for a person can be rejected or blocked, but not approved, and what is allowed or approved already is not claimed any
          more. Work that a program has claimed goes on. Activate it again, and all of it can go on.
        </p>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      trigger={<Button icon={<CirclePlay />}>Activate</Button>}
      title={`Activate ${title}?`}
      tone="plain"
      confirmLabel="Activate"
      busyLabel="Activating"
      onConfirm={change}
    >
      <p>
        From then on the policy decides about proposals of <code className="font-mono text-xs text-ink">{name}</code> again. Those that were
        blocked meanwhile stay blocked.
      </p>
    </ConfirmDialog>
  );
}
