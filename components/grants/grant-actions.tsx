"use client";

import { Ban, UserCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { failureMessage } from "@/components/ui/failure-messages";
import { useToast } from "@/components/ui/toast";
import type { GrantState } from "@/lib/domain/grants/grant";
import { confirmStandingGrant, revokeStandingGrant } from "@/lib/grants/server-actions";

/** Confirms a grant, which takes a second look, and revokes it, which doesn't: a person can always approve again. */
export function GrantActions({
  workspaceId,
  grant: { id, state, canConfirm },
  terms,
  canRevoke,
}: {
  workspaceId: string;
  grant: { id: string; state: GrantState; canConfirm: boolean };
  /** What the grant allows, in words. */
  terms: string;
  canRevoke: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [isBusy, setIsBusy] = useState(false);
  const revoke = async () => {
    setIsBusy(true);
    try {
      const outcome = await revokeStandingGrant(workspaceId, { grantId: id });
      if (outcome.ok) toast.show({ tone: "ok", title: "Grant revoked", children: "It allows nothing from now on." });
      else toast.show({ tone: "stop", title: "Grant not revoked", children: outcome.detail });
    } catch (error) {
      toast.show({ tone: "stop", title: "Grant not revoked", children: failureMessage(error) });
    }
    setIsBusy(false);
    router.refresh();
  };
  const confirm = async () => {
    const outcome = await confirmStandingGrant(workspaceId, { grantId: id });
    if (!outcome.ok) return outcome;
    toast.show({ tone: "ok", title: "Grant confirmed" });
    router.refresh();
    return outcome;
  };
  if (state !== "live" && state !== "unconfirmed") return null;
  return (
    <div className="relative z-10 flex flex-wrap gap-2">
      {canConfirm ? (
        <ConfirmDialog
          title="Confirm grant?"
          tone="plain"
          confirmLabel="Confirm grant"
          busyLabel="Confirming"
          onConfirm={confirm}
          trigger={<Button icon={<UserCheck />}>Confirm grant…</Button>}
        >
          <p>Runs like this are then allowed without asking anyone: {terms}. Your confirmation gets its own receipt.</p>
        </ConfirmDialog>
      ) : null}
      {canRevoke ? (
        <Button icon={<Ban />} isBusy={isBusy} busyLabel="Revoking" onClick={() => void revoke()}>
          Revoke grant
        </Button>
      ) : null}
    </div>
  );
}
