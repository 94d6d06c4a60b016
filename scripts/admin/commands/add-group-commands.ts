import type { Command } from "commander";
import { z } from "zod";
import type { JsonObject } from "@/lib/domain/json-value";
import { createGroup } from "@/lib/groups/create-group";
import { deleteGroup } from "@/lib/groups/delete-group";
import { editGroup } from "@/lib/groups/edit-group";
import { type ListedGroup, listGroups } from "@/lib/groups/list-groups";
import { groupEditSchema, newGroupSchema } from "@/lib/groups/schema";
import type { WorkspaceContext } from "@/lib/security/context";
import { addCommand, type CommandResult } from "@/scripts/admin/add-command";
import { requireFound, requireOk } from "@/scripts/admin/command-error";
import { idValue, optional, repeatable, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { textTable } from "@/scripts/admin/text-table";
import { waiting } from "@/scripts/admin/waiting";

const ofWorkspace = () => required("--workspace <id>", "the workspace");

/** The groups of a workspace, which stages of actions can ask. */
export function addGroupCommands(program: Command): void {
  const group = program.command("group").description("Groups of members that actions can ask for approval.");
  addCommand(group, {
    usage: "create",
    summary: "Create a group. Actions ask it with --approver-group or --stage 1:@NAME.",
    options: [ofWorkspace(), required("--name <text>", "the group's name"), repeatable("--member <email>", "a member; repeat for several")],
    examples: ["group create --workspace WORKSPACE_ID --name Finance --member ann@example.com --member ben@example.com"],
    input: z.strictObject({ workspace: idValue, name: z.string(), member: z.array(z.string()).optional() }),
    async run({ workspace, name, member = [] }) {
      const ctx = await requireWorkspace(workspace);
      const { id } = requireOk(await createGroup(ctx, newGroupSchema.parse({ name, members: member })));
      return showGroup(ctx, id, "Created");
    },
  });
  addCommand(group, {
    usage: "edit <GROUP_ID>",
    summary:
      "Change a group's name or members. Actions that ask it follow, and people who leave it are no longer asked about pending runs.",
    options: [
      ofWorkspace(),
      optional("--name <text>", "the new name"),
      repeatable("--member <email>", "a member, replacing the current ones; repeat for several"),
    ],
    examples: ["group edit GROUP_ID --workspace WORKSPACE_ID --member ann@example.com --member chi@example.com"],
    input: z.strictObject({ GROUP_ID: idValue, workspace: idValue, name: z.string().optional(), member: z.array(z.string()).optional() }),
    async run({ GROUP_ID, workspace, name, member }) {
      const ctx = await requireWorkspace(workspace);
      const now = await findGroup(ctx, GROUP_ID);
      const members = member ?? now.members.map(({ email }) => email);
      const { id, proposalId } = requireOk(await editGroup(ctx, groupEditSchema.parse({ id: GROUP_ID, name: name ?? now.name, members })));
      if (proposalId !== null) return waiting(proposalId);
      return showGroup(ctx, id, "Saved");
    },
  });
  addCommand(group, {
    usage: "delete <GROUP_ID>",
    summary: "Delete a group that no action asks.",
    options: [ofWorkspace()],
    examples: ["group delete GROUP_ID --workspace WORKSPACE_ID"],
    input: z.strictObject({ GROUP_ID: idValue, workspace: idValue }),
    async run({ GROUP_ID, workspace }) {
      const { id } = requireOk(await deleteGroup(await requireWorkspace(workspace), GROUP_ID));
      return { document: { group_id: id, deleted: true }, text: "Group deleted." };
    },
  });
  addCommand(group, {
    usage: "list",
    summary: "List a workspace's groups, their members and the actions that ask them.",
    options: [ofWorkspace()],
    examples: ["group list --workspace WORKSPACE_ID"],
    input: z.strictObject({ workspace: idValue }),
    async run({ workspace }) {
      const groups = await listGroups(await requireWorkspace(workspace));
      const rows = groups.map((one) => [one.id, one.name, membersText(one), one.actions.map(({ name }) => name).join(", ")]);
      return {
        document: { groups: groups.map(documentOf) },
        text: rows.length === 0 ? "There are no groups in this workspace." : textTable(["ID", "Group", "Members", "Actions"], rows),
      };
    },
  });
}

async function findGroup(ctx: WorkspaceContext, id: string): Promise<ListedGroup> {
  return requireFound((await listGroups(ctx)).find((one) => one.id === id) ?? null, "such group");
}

async function showGroup(ctx: WorkspaceContext, id: string, done: string): Promise<CommandResult> {
  const group = await findGroup(ctx, id);
  return { document: documentOf(group), text: `${done}: ${group.name}, ${membersText(group)}.\nID: ${id}` };
}

function membersText({ members }: ListedGroup): string {
  return members.map(({ email }) => email).join(", ");
}

function documentOf({ id, name, members, actions }: ListedGroup): JsonObject {
  return { group_id: id, name, members: members.map(({ email }) => email), actions: actions.map((action) => action.name) };
}
