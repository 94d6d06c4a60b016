"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { DroppedApproversNotice } from "@/components/approvals/dropped-approvers-notice";
import { Button } from "@/components/ui/button";
import { CheckInput } from "@/components/ui/check-input";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldNote, useFieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import type { ListedGroup } from "@/lib/groups/list-groups";
import { lookAtDroppedFromGroup, submitEditedGroup, submitNewGroup } from "@/lib/groups/server-actions";
import { PROPOSED_TOAST } from "@/lib/words/proposal-messages";

interface TypedGroup {
  name: string;
  members: string[];
}

export interface PossibleMember {
  readonly email: string;
  readonly name: string | null;
}

/** A new group (`group` null), or one that is edited. */
export function GroupForm({
  workspaceId,
  group,
  members,
  needsAnotherPerson,
  close,
}: {
  workspaceId: string;
  group: ListedGroup | null;
  members: readonly PossibleMember[];
  needsAnotherPerson: boolean;
  close: () => void;
}) {
  const router = useRouter();
  const toast = useToast();
  const saved = group?.members.map(({ email }) => email) ?? [];
  const form = useServerForm({
    schema: () => import("@/lib/groups/schema").then(({ newGroupSchema }) => newGroupSchema),
    defaultValues: { name: group?.name ?? "", members: saved },
    submit: (typed) => (group === null ? submitNewGroup(workspaceId, typed) : submitEditedGroup(workspaceId, { id: group.id, ...typed })),
    onDone: ({ proposalId }, { name }) => {
      close();
      const title = group === null ? `Group ${name} created` : `Group ${name} saved`;
      toast.show(proposalId === null ? { tone: "ok", title } : PROPOSED_TOAST);
      router.refresh();
    },
  });
  const chosen = form.watch("members");
  const isProposal = needsAnotherPerson && group !== null && group.actions.length > 0;
  const [label, busyLabel] =
    group === null ? ["Create group", "Creating"] : isProposal ? ["Propose change", "Proposing"] : ["Save changes", "Saving"];
  return (
    <Form form={form} label={group === null ? "Create group" : "Edit group"}>
      <Field label="Name" name="name">
        <TextInput {...form.register("name")} defaultValue={group?.name ?? ""} placeholder="Finance" autoComplete="off" />
      </Field>
      <MemberChoice members={members} />
      {group === null ? null : (
        <DroppedApproversNotice
          saved={saved}
          current={chosen}
          which=" of the actions that ask this group"
          look={() => lookAtDroppedFromGroup(workspaceId, { id: group.id, members: chosen })}
        />
      )}
      {isProposal ? <p className="text-xs text-muted">Nothing changes until another owner or admin confirms it.</p> : null}
      <DialogFooter>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" isBusy={form.isBusy} busyLabel={busyLabel}>
          {label}
        </Button>
      </DialogFooter>
    </Form>
  );
}

/** Who is in the group. */
function MemberChoice({ members }: { members: readonly PossibleMember[] }) {
  const { setValue, formState } = useFormContext<TypedGroup>();
  const chosen = useWatch<TypedGroup, "members">({ name: "members" });
  const error = useFieldError("members");
  const noteId = useId();
  const choose = (email: string, isChosen: boolean) =>
    setValue("members", isChosen ? [...chosen, email] : chosen.filter((other) => other !== email), {
      shouldDirty: true,
      shouldValidate: formState.isSubmitted,
    });
  return (
    <fieldset className="grid gap-1.5" aria-describedby={error === undefined ? undefined : noteId}>
      <legend className="mb-1.5 text-sm font-medium">Members</legend>
      <div className="grid max-h-60 gap-1.5 overflow-y-auto">
        {members.map(({ email, name }) => (
          <CheckInput
            key={email}
            checked={chosen.includes(email)}
            onChange={({ target }) => choose(email, target.checked)}
            label={<span className="wrap-anywhere">{name === null ? email : `${name} (${email})`}</span>}
          />
        ))}
      </div>
      {error === undefined ? null : <FieldNote id={noteId} error={error} />}
    </fieldset>
  );
}
