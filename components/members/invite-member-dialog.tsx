"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { RadioCards } from "@/components/ui/radio-cards";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { inLocalTime } from "@/components/users/in-local-time";
import { INVITED_ROLES } from "@/lib/domain/access/roles";
import { submitInvitation } from "@/lib/members/server-actions";
import { ROLE_LABELS, withArticle } from "@/lib/words/role-labels";

const OPTIONS = INVITED_ROLES.map((role) => ({ value: role, title: ROLE_LABELS[role].title, text: ROLE_LABELS[role].purpose }));

export function InviteMemberDialog({
  workspaceId,
  workspaceName,
  isMailKept,
  isOperator,
  isPrimary = true,
}: {
  workspaceId: string;
  workspaceName: string;
  /** The console keeps its mail instead of sending it. */
  isMailKept: boolean;
  isOperator: boolean;
  isPrimary?: boolean;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button variant={isPrimary ? "primary" : "plain"} icon={<UserPlus />}>
          Invite someone
        </Button>
      }
    >
      <DialogContent
        title={`Invite someone to ${workspaceName}`}
        description={
          <p>
            They’ll get an email with a single-use link. It works for 7 days and only for that address.
            {isMailKept
              ? isOperator
                ? " This console sends no email. Copy the link from the list of invitations and give it to them."
                : " This console sends no email. Its operator can find the link under Admin, Mailbox."
              : null}
          </p>
        }
      >
        <InviteMemberForm workspaceId={workspaceId} isMailKept={isMailKept} close={() => setIsOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function InviteMemberForm({ workspaceId, isMailKept, close }: { workspaceId: string; isMailKept: boolean; close: () => void }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/members/schema").then(({ inviteMemberSchema }) => inviteMemberSchema),
    defaultValues: { email: "", role: "approver" },
    submit: (values) => inLocalTime(submitInvitation(workspaceId, values)),
    onDone: (_, { email, role }) => {
      close();
      toast.show({
        tone: "ok",
        title: isMailKept ? "Invitation stored in the mailbox" : "Invitation queued",
        children: `${email.trim()} is invited as ${withArticle(role)}.`,
      });
      router.refresh();
    },
  });
  return (
    <Form form={form} label="Invite someone">
      <Field label="Email" name="email">
        <TextInput
          {...form.register("email")}
          type="email"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="name@company.example"
        />
      </Field>
      <RadioCards
        {...form.register("role")}
        legend="Role"
        options={OPTIONS}
        hint="To add an owner, invite them in another role, then change it after they join."
      />
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel="Inviting">
          Invite
        </Button>
      </DialogFooter>
    </Form>
  );
}
