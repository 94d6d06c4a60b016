"use client";

import { type ReactNode, useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { ListedGroup } from "@/lib/groups/list-groups";
import { GroupForm, type PossibleMember } from "./group-form";

export function GroupDialog({
  trigger,
  ...form
}: {
  trigger: ReactNode;
  workspaceId: string;
  group: ListedGroup | null;
  members: readonly PossibleMember[];
  needsAnotherPerson: boolean;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen} trigger={trigger}>
      <DialogContent
        title={form.group === null ? "Create group" : `Edit ${form.group.name}`}
        description={
          <p>Actions that ask the group follow its members. People who leave it aren’t asked about pending requests any more.</p>
        }
      >
        <GroupForm {...form} close={() => setIsOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}
