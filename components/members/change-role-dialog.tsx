"use client";

import { useRouter } from "next/navigation";
import { useWatch } from "react-hook-form";
import { DroppedApproversNotice } from "@/components/approvals/dropped-approvers-notice";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { RadioCards } from "@/components/ui/radio-cards";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { losesDecisions, rolesToGive } from "@/lib/domain/access/permissions";
import type { Role } from "@/lib/domain/access/roles";
import type { MemberEntry } from "@/lib/members/list-members";
import { giveRole, lookAtRoleEndings } from "@/lib/members/server-actions";
import { ROLE_LABELS, withArticle } from "@/lib/words/role-labels";

interface ChangeRole {
  member: MemberEntry;
  workspaceId: string;
  /** The role of who changes it. */
  by: Role;
  isMe: boolean;
  isLastOwner: boolean;
  close: () => void;
}

export function ChangeRoleDialog({ isOpen, ...change }: ChangeRole & { isOpen: boolean }) {
  return (
    <Dialog open={isOpen} onOpenChange={change.close}>
      <DialogContent title={`Change role of ${change.member.name ?? change.member.email}`} description={<p>Takes effect immediately.</p>}>
        <ChangeRoleForm {...change} />
      </DialogContent>
    </Dialog>
  );
}

function ChangeRoleForm({ member, workspaceId, by, isMe, isLastOwner, close }: ChangeRole) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/members/schema").then(({ changeRoleSchema }) => changeRoleSchema),
    defaultValues: { userId: member.userId, role: member.role },
    submit: (values) => giveRole(workspaceId, values),
    onDone: (_, { role }) => {
      close();
      toast.show({ tone: "ok", title: `${member.name ?? member.email} is now ${withArticle(role)}` });
      router.refresh();
    },
  });
  const role = useWatch({ control: form.control, name: "role" });
  const options = rolesToGive(by).map((role) => ({ value: role, title: ROLE_LABELS[role].title, text: ROLE_LABELS[role].purpose }));
  return (
    <Form form={form} label="Role">
      <RadioCards {...form.register("role")} legend="Role" isLegendHidden options={options} />
      <DroppedApproversNotice
        saved={losesDecisions(member.role, role) ? [member.email] : []}
        current={[]}
        look={() => lookAtRoleEndings(workspaceId, { userId: member.userId, role })}
      />
      {member.role === "owner" && role !== "owner" ? (
        <p className="text-muted">Management keys that {isMe ? "you" : "they"} created stop working.</p>
      ) : null}
      {isMe ? (
        <p className="text-muted">
          {isLastOwner
            ? "You’re the only owner, and a workspace needs at least one. Make someone else an owner first."
            : "This is your own role. If you lower it, you can’t raise it again yourself."}
        </p>
      ) : null}
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Changing">
          Change role
        </Button>
      </DialogFooter>
    </Form>
  );
}
