"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { ListedGroup } from "@/lib/groups/list-groups";
import { removeGroup } from "@/lib/groups/server-actions";
import { GroupDialog } from "./group-dialog";
import type { PossibleMember } from "./group-form";

/** What owners and admins can do with a group. */
export function GroupActions({
  workspaceId,
  group,
  members,
  needsAnotherPerson,
}: {
  workspaceId: string;
  group: ListedGroup;
  members: readonly PossibleMember[];
  needsAnotherPerson: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const remove = async () => {
    const outcome = await removeGroup(workspaceId, { id: group.id });
    if (!outcome.ok) return outcome;
    toast.show({ tone: "ok", title: "Group deleted" });
    router.refresh();
    return outcome;
  };
  return (
    <div className="flex gap-1.5">
      <GroupDialog
        workspaceId={workspaceId}
        group={group}
        members={members}
        needsAnotherPerson={needsAnotherPerson}
        trigger={
          <Button size="sm" icon={<Pencil />} aria-label={`Edit ${group.name}`}>
            Edit
          </Button>
        }
      />
      <ConfirmDialog
        title={`Delete group “${group.name}”?`}
        confirmLabel="Delete group"
        busyLabel="Deleting"
        cancelLabel="Keep group"
        onConfirm={remove}
        trigger={
          <Button size="sm" variant="ghost" icon={<Trash2 />} aria-label={`Delete ${group.name}`}>
            Delete…
          </Button>
        }
      >
        <p>Its members stay in the workspace. A group that an action asks can’t be deleted.</p>
      </ConfirmDialog>
    </div>
  );
}
