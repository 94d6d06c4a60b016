"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { revokeOneShare } from "@/lib/receipts/sharing/server-actions";

export function RevokeShareButton({ workspaceId, shareId }: { workspaceId: string; shareId: string }) {
  const router = useRouter();
  const toast = useToast();
  const revoke = async () => {
    const outcome = await revokeOneShare(workspaceId, { id: shareId });
    if (!outcome.ok) return outcome;
    toast.show({ tone: "ok", title: "Link revoked" });
    router.refresh();
  };
  return (
    <ConfirmDialog
      title="Revoke link?"
      confirmLabel="Revoke link"
      busyLabel="Revoking"
      cancelLabel="Keep link"
      onConfirm={revoke}
      trigger={
        <Button size="sm" variant="danger">
          Revoke link
        </Button>
      }
    >
      <p>
        It stops working immediately. Printed, saved or downloaded copies aren’t affected. This can’t be undone, but you can create another
        link.
      </p>
    </ConfirmDialog>
  );
}
