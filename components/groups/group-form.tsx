"use client";

import { useRouter } from "next/navigation";
import { DroppedApproversNotice } from "@/components/approvals/dropped-approvers-notice";
import { Button } from "@/components/ui/button";
import { CheckInput } from "@/components/ui/check-input";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import type { ListedGroup } from "@/lib/groups/list-groups";
import { lookAtDroppedFromGroup, submitEditedGroup, submitNewGroup } from "@/lib/groups/server-actions";

export interface PossibleMember {
  readonly email: string;
  readonly name: string | null;
}

/** A new group (`group` null), or one that is edited. */
export function GroupForm({
  workspaceId,
  group,
  members,
  close,
}: {
  workspaceId: string;
  group: ListedGroup | null;
  members: readonly PossibleMember[];
  close: () => void;
}) {
  const router = useRouter();
  const toast = useToast();
  const saved = group?.members.map(({ email }) => email) ?? [];
  const form = useServerForm({
    schema: () => import("@/lib/groups/schema").then(({ newGroupSchema }) => newGroupSchema),
    defaultValues: { name: group?.name ?? "", members: saved },
    submit: (typed) => (group === null ? submitNewGroup(workspaceId, typed) : submitEditedGroup(workspaceId, { id: group.id, ...typed })),
    onDone: (_, { name }) => {
      close();
      toast.show({ tone: "ok", title: group === null ? `Group ${name} created` : `Group ${name} saved` });
      router.refresh();
    },
  });
  const chosen = form.watch("members");
  return (
    <Form form={form} label={group === null ? "Create a group" : "Edit the group"}>
      <Field label="Name" name="name">
        <TextInput {...form.register("name")} defaultValue={group?.name ?? ""} placeholder="Finance" autoComplete="off" />
      </Field>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-sm font-medium">Members</legend>
        <div className="grid max-h-60 gap-1.5 overflow-y-auto">
          {members.map(({ email, name }, index) => (
            <CheckInput
              key={email}
              // The error of the list stands below its last member.
              name={index === members.length - 1 ? "members" : ""}
              checked={chosen.includes(email)}
              onChange={({ target }) =>
                form.setValue("members", target.checked ? [...chosen, email] : chosen.filter((other) => other !== email), {
                  shouldDirty: true,
                  shouldValidate: form.formState.isSubmitted,
                })
              }
              label={<span className="wrap-anywhere">{name === null ? email : `${name} (${email})`}</span>}
            />
          ))}
        </div>
      </fieldset>
      {group === null ? null : (
        <DroppedApproversNotice
          saved={saved}
          current={chosen}
          which=" of the actions that ask this group"
          look={() => lookAtDroppedFromGroup(workspaceId, { id: group.id, members: chosen })}
        />
      )}
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel={group === null ? "Creating" : "Saving"}>
          {group === null ? "Create group" : "Save group"}
        </Button>
      </DialogFooter>
    </Form>
  );
}
