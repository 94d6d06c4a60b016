"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { submitRevokedManagementKey } from "@/lib/management-keys/server-actions";

export function RevokeManagementKeyButton({
  workspaceId,
  id,
  name,
  hint,
}: {
  workspaceId: string;
  id: string;
  name: string;
  hint: string;
}) {
  const router = useRouter();
  const toast = useToast();
  const revoke = async () => {
    const outcome = await submitRevokedManagementKey(workspaceId, { id });
    if (!outcome.ok) return outcome;
    toast.show({ tone: "ok", title: "Key revoked", children: `Requests that use ${name} are now rejected.` });
    router.refresh();
  };
  return (
    <ConfirmDialog
      title={`Revoke key “${name}”?`}
      confirmLabel="Revoke key"
      busyLabel="Revoking"
      cancelLabel="Keep key"
      onConfirm={revoke}
      trigger={
        <Button size="sm" variant="danger" aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      }
    >
      <p>
        Every request with <code className="font-mono text-xs">{hint}</code> will be rejected. What it has changed stays. This can’t be
        undone.
      </p>
    </ConfirmDialog>
  );
}
