"use client";

import { Ellipsis, LogOut, UserCog, UserMinus, UserRoundPen } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { leaveTo } from "@/components/users/sign-in";
import { isPermitted, mayChangeMember } from "@/lib/domain/access/permissions";
import type { MemberEntry } from "@/lib/members/list-members";
import { leave } from "@/lib/members/server-actions";
import { ChangeRoleDialog } from "./change-role-dialog";
import { ReassignRequestsDialog } from "./reassign-requests-dialog";
import { RemoveMemberDialog } from "./remove-member-dialog";
import type { Viewer } from "./viewer";

type Opened = "role" | "reassign" | "remove" | "leave" | null;

/** What may be done with one member: by those who manage them, and by themselves. */
export function MemberMenu({
  member,
  workspace,
  viewer,
  isLastOwner,
}: {
  member: MemberEntry;
  workspace: { id: string; name: string };
  viewer: Viewer;
  isLastOwner: boolean;
}) {
  const [opened, setOpened] = useState<Opened>(null);
  const isMe = member.userId === viewer.userId;
  const name = member.name ?? member.email;
  const mayChange = mayChangeMember(viewer.role, { from: member.role, to: null });
  const close = () => setOpened(null);

  const leaveNow = async () => {
    const outcome = await leave(workspace.id, {});
    return outcome.ok ? leaveTo("/home") : outcome;
  };

  return (
    <>
      <Menu
        label={name}
        trigger={
          <IconButton label={`Options for ${name}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        {mayChange ? (
          <MenuItem icon={<UserCog />} onSelect={() => setOpened("role")}>
            Change role
          </MenuItem>
        ) : null}
        {isMe || isPermitted(viewer.role, "run.reassign") ? (
          <MenuItem icon={<UserRoundPen />} onSelect={() => setOpened("reassign")}>
            Reassign requests
          </MenuItem>
        ) : null}
        {isMe ? (
          <MenuItem icon={<LogOut />} tone="danger" onSelect={() => setOpened("leave")}>
            Leave workspace
          </MenuItem>
        ) : null}
        {mayChange && !isMe ? (
          <MenuItem icon={<UserMinus />} tone="danger" onSelect={() => setOpened("remove")}>
            Remove
          </MenuItem>
        ) : null}
      </Menu>
      <ChangeRoleDialog
        isOpen={opened === "role"}
        close={close}
        member={member}
        workspaceId={workspace.id}
        by={viewer.role}
        isMe={isMe}
        isLastOwner={isMe && isLastOwner}
      />
      <ReassignRequestsDialog isOpen={opened === "reassign"} close={close} member={member} workspaceId={workspace.id} />
      <RemoveMemberDialog isOpen={opened === "remove"} close={close} member={member} workspace={workspace} />
      <ConfirmDialog
        open={opened === "leave"}
        onOpenChange={close}
        title={`Leave ${workspace.name}?`}
        confirmLabel="Leave workspace"
        busyLabel="Leaving"
        onConfirm={leaveNow}
      >
        <p>
          {isLastOwner
            ? "You’re its only owner. Make someone else an owner first, or delete the workspace in its settings."
            : "You lose access immediately. You’re no longer asked to approve its runs, and links in emails you have stop working. To come back, someone has to invite you. Your decisions and changes stay on record."}
        </p>
      </ConfirmDialog>
    </>
  );
}
