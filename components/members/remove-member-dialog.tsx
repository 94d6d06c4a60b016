"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { SuccessorField } from "@/components/approvals/successor-field";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { MemberRights } from "@/lib/members/get-member-rights";
import type { MemberEntry } from "@/lib/members/list-members";
import { lookAtMemberRights, takeMemberOut } from "@/lib/members/server-actions";
import { counted } from "@/lib/words/counted";
import { askedEnding } from "./asked-ending";
import { type Revocations, RevokeChoices } from "./revoke-choices";

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
  const [revokes, setRevokes] = useState<Revocations>({ revokesKeys: true, revokesShares: true });
  const [successor, setSuccessor] = useState("");
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
    const seen = rights === null ? { revokesKeys: false, revokesShares: false } : revokes;
    const reassigns = rights === null || successor === "" ? {} : { reassignTo: successor };
    const outcome = await takeMemberOut(workspace.id, { userId: member.userId, ...seen, ...reassigns });
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
      confirmLabel="Remove member"
      busyLabel="Removing"
      onConfirm={remove}
    >
      <p>
        They lose access to {workspace.name} immediately. They can no longer decide its runs, by link or in the console, and aren’t asked
        anymore. Their decisions and changes stay on record.
      </p>
      {rights === null ? (
        <p aria-live="polite">Checking what else is affected…</p>
      ) : (
        <>
          <ul className="grid list-disc gap-1 pl-4 empty:hidden">
            {endings(rights, successor).map((ending) => (
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
        </>
      )}
    </ConfirmDialog>
  );
}

function endings(rights: MemberRights, successor: string): string[] {
  const { actions, isWorkspaceApprover } = rights;
  const lists = [...(actions > 0 ? [counted(actions, "action")] : []), ...(isWorkspaceApprover ? ["the workspace"] : [])].join(" and of ");
  return [
    ...(lists === "" ? [] : [`They’ll be removed from the approvers of ${lists}.`]),
    ...askedEnding(rights, successor),
    ...managementKeysEnding(rights.managementKeys),
  ];
}

/** Unlike their other keys, these act for them. */
function managementKeysEnding(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const isOne = names.length === 1;
  return [
    `Their management ${isOne ? "key" : "keys"} ${names.join(", ")} ${isOne ? "stops" : "stop"} working. If a program uses ${isOne ? "it" : "them"}, create another key first.`,
  ];
}
