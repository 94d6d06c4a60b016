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
    toast.show({ tone: "ok", title: "The link is revoked", children: "It shows nothing any more." });
    router.refresh();
  };
  return (
    <ConfirmDialog
      title="Revoke this link?"
      confirmLabel="Revoke link"
      busyLabel="Revoking"
      cancelLabel="Keep it"
      onConfirm={revoke}
      trigger={
        <Button size="sm" variant="danger">
          Revoke
        </Button>
      }
    >
      <p>
        From this moment on it shows nothing. What was printed, saved or downloaded with it stays where it is. It cannot be brought back;
        you can make another one.
      </p>
    </ConfirmDialog>
  );
}
