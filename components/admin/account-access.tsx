"use client";

import { Ban, CircleCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SuccessorField } from "@/components/approvals/successor-field";
import { type Revocations, RevokeChoices } from "@/components/members/revoke-choices";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { AccountRights } from "@/lib/members/get-account-rights";
import { disableUser, enableUser } from "@/lib/members/server-actions";
import { accountEndings } from "./account-endings";

/** Disables an account, after saying what that ends, or enables it again. */
export function AccountAccess({
  userId,
  email,
  isDisabled,
  rights,
}: {
  userId: string;
  email: string;
  isDisabled: boolean;
  rights: AccountRights;
}) {
  const router = useRouter();
  const toast = useToast();
  const [revokes, setRevokes] = useState<Revocations>({ revokesKeys: true, revokesShares: true });

  const [successor, setSuccessor] = useState("");

  const done = (title: string) => {
    toast.show({ tone: "ok", title });
    router.refresh();
  };
  const disable = async () => {
    const outcome = await disableUser({ userId, ...revokes, ...(successor !== "" && { reassignTo: successor }) });
    if (outcome.ok) done(`${email} is disabled`);
    return outcome;
  };
  const enable = async () => {
    const outcome = await enableUser({ userId });
    if (outcome.ok) done(`${email} is enabled`);
    return outcome;
  };

  if (isDisabled) {
    return (
      <ConfirmDialog
        title={`Enable ${email}?`}
        confirmLabel="Enable account"
        busyLabel="Enabling"
        tone="plain"
        onConfirm={enable}
        trigger={<Button icon={<CircleCheck />}>Enable account</Button>}
      >
        <p>They can sign in again and keep their memberships. Add them back to the approver lists where you want them to be asked.</p>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      title={`Disable ${email}?`}
      confirmLabel="Disable account"
      busyLabel="Disabling"
      onConfirm={disable}
      trigger={
        <Button variant="danger" icon={<Ban />}>
          Disable account
        </Button>
      }
    >
      <p>
        They can’t sign in or decide, and aren’t asked to approve anything, until the account is enabled again. Their past activity stays on
        record.
      </p>
      <ul className="grid list-disc gap-1 pl-4 empty:hidden">
        {accountEndings(rights, successor).map((ending) => (
          <li key={ending}>{ending}</li>
        ))}
      </ul>
      {rights.runsWaiting === 0 || rights.successors.length === 0 ? null : (
        <SuccessorField
          label="Reassign their pending requests to"
          successors={rights.successors}
          total={rights.runsWaiting}
          value={successor}
          change={setSuccessor}
          nobody="Nobody in particular"
        />
      )}
      <RevokeChoices keys={rights.keys} shares={rights.shares} revokes={revokes} change={setRevokes} />
    </ConfirmDialog>
  );
}
