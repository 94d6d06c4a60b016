"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { CheckInput } from "@/components/ui/check-input";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { MemberRights } from "@/lib/members/get-member-rights";
import type { MemberEntry } from "@/lib/members/list-members";
import { lookAtMemberRights, takeMemberOut } from "@/lib/members/server-actions";

/** Says what ends with the membership, and asks what else is to end with it. */
export function RemoveMemberDialog({
  isOpen,
  close,
  member,
  workspace,
}: {
  isOpen: boolean;
  close: () => void;
  member: MemberEntry;
  workspace: { id: string; name: string };
}) {
  const router = useRouter();
  const toast = useToast();
  const [rights, setRights] = useState<MemberRights | null>(null);
  const [revokesKeys, setRevokesKeys] = useState(true);
  const [revokesShares, setRevokesShares] = useState(true);
  const name = member.name ?? member.email;

  useEffect(() => {
    if (!isOpen) return;
    let isCurrent = true;
    void lookAtMemberRights(workspace.id, { userId: member.userId }).then((outcome) => {
      if (isCurrent && outcome.ok) setRights(outcome.rights);
    });
    return () => {
      isCurrent = false;
    };
  }, [isOpen, workspace.id, member.userId]);

  const remove = async () => {
    // What the dialog has not shown is not ended by it.
    const revokes = { revokesKeys: rights !== null && revokesKeys, revokesShares: rights !== null && revokesShares };
    const outcome = await takeMemberOut(workspace.id, { userId: member.userId, ...revokes });
    if (outcome.ok) {
      toast.show({ tone: "ok", title: `${name} was removed` });
      router.refresh();
    }
    return outcome;
  };

  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={close}
      title={`Remove ${name}?`}
      confirmLabel="Remove"
      busyLabel="Removing"
      onConfirm={remove}
    >
      <p>
        With their next request {workspace.name} does not exist for them any more. They decide nothing here, by link or in the console, and
        are asked nothing. What they decided and changed stays recorded.
      </p>
      {rights === null ? (
        <p aria-live="polite">Looking at what else ends …</p>
      ) : (
        <>
          <ul className="grid list-disc gap-1 pl-4 empty:hidden">
            {endings(rights).map((ending) => (
              <li key={ending}>{ending}</li>
            ))}
          </ul>
          {rights.keys.length === 0 ? null : (
            <CheckInput
              label={`Revoke ${counted(rights.keys.length, "key")} they made: ${rights.keys.join(", ")}`}
              hint="Programs that use them are refused at once. Without the tick they keep working."
              checked={revokesKeys}
              onChange={(event) => setRevokesKeys(event.target.checked)}
            />
          )}
          {rights.shares === 0 ? null : (
            <CheckInput
              label={`Revoke ${counted(rights.shares, "link")} by which they shared receipts`}
              hint="Without the tick whoever has one can go on reading."
              checked={revokesShares}
              onChange={(event) => setRevokesShares(event.target.checked)}
            />
          )}
        </>
      )}
    </ConfirmDialog>
  );
}

function endings({ actions, isWorkspaceApprover, runsWaiting }: MemberRights): string[] {
  const lists = [...(actions > 0 ? [counted(actions, "action")] : []), ...(isWorkspaceApprover ? ["the workspace"] : [])].join(" and of ");
  return [
    ...(lists === "" ? [] : [`They are taken off the approvers of ${lists}.`]),
    ...(runsWaiting === 0
      ? []
      : [
          `They were asked about ${counted(runsWaiting, "run")} that ${runsWaiting === 1 ? "waits" : "wait"}: their links end, and who is left is asked.`,
        ]),
  ];
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
