import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { emailSchema } from "@/lib/domain/access/email-address";
import type { JsonObject } from "@/lib/domain/json-value";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { withDb } from "@/lib/security/context";
import { createUser } from "@/lib/users/create-user";
import { type CreatedWorkspace, createWorkspace } from "@/lib/workspaces/create-workspace";
import { type ListedWorkspace, listAllWorkspaces } from "@/lib/workspaces/list-all-workspaces";
import { addCommand } from "@/scripts/admin/add-command";
import { requireOk } from "@/scripts/admin/command-error";
import { countValue, idValue, optional, required } from "@/scripts/admin/option-values";
import { factLines, instantText, textTable } from "@/scripts/admin/text-table";

const MOST_LISTED = 1000;

export function addWorkspaceCommands(program: Command): void {
  const group = program.command("workspace").description("Clients' workspaces.");
  addCreate(group);
  addList(group);
}

function addList(group: Command): void {
  addCommand(group, {
    usage: "list",
    summary: "List workspaces, the newest first, deleted ones too.",
    options: [
      optional("--search <text>", "part of the name, the client or the owner's email address"),
      optional("--before <workspace id>", "older than this workspace: the next page"),
      optional("--limit <n>", "maximum number").default("50"),
    ],
    examples: ["workspace list", "workspace list --search acme --json"],
    input: z.strictObject({ search: z.string().optional(), before: idValue.optional(), limit: countValue(1, MOST_LISTED) }),
    async run({ limit, ...filter }) {
      const { workspaces, hasMore } = await listAllWorkspaces(operatorContext(null), filter, limit);
      const table = textTable(
        ["Id", "Name", "Client", "Owner", "Runs this month", "Pending", "Last run", "Deleted"],
        workspaces.map((workspace) => [
          workspace.id,
          workspace.name,
          workspace.clientName,
          workspace.ownerEmail,
          workspace.runsThisMonth,
          workspace.pending,
          instantText(workspace.lastRunAt),
          instantText(workspace.deletedAt),
        ]),
      );
      const last = workspaces.at(-1);
      return {
        document: { workspaces: workspaces.map(workspaceDocument), has_more: hasMore },
        text: hasMore && last ? `${table}\nThere are more: add --before ${last.id}` : table,
      };
    },
  });
}

function workspaceDocument(workspace: ListedWorkspace): JsonObject {
  return {
    workspace_id: workspace.id,
    name: workspace.name,
    client_name: workspace.clientName,
    owner: workspace.ownerEmail,
    members: workspace.members,
    active_actions: workspace.activeActions,
    runs_this_month: workspace.runsThisMonth,
    pending: workspace.pending,
    created_at: workspace.createdAt.toISOString(),
    last_run_at: workspace.lastRunAt?.toISOString() ?? null,
    deleted_at: workspace.deletedAt?.toISOString() ?? null,
  };
}

function addCreate(group: Command): void {
  addCommand(group, {
    usage: "create",
    summary: "Create a workspace with its two keys, and its owner's account if there is none. The keys are shown only once.",
    options: [
      required("--owner <email>", "the owner's email address"),
      required("--name <name>", "the workspace's name"),
      required("--client <name>", "the client it is for"),
    ],
    examples: ['workspace create --owner ada@example.com --name Billing --client "Acme GmbH"'],
    input: z.strictObject({ owner: emailSchema, name: z.string(), client: z.string() }),
    async run({ owner, name, client }) {
      const { workspaceId, workspaceKey, apiKey } = requireOk(await createWithOwner({ ownerEmail: owner, name, clientName: client }));
      const baseUrl = `${getEnv().DAAI_PUBLIC_URL}/api`;
      return {
        document: {
          workspace_id: workspaceId,
          workspace_key: workspaceKey,
          api_key: apiKey,
          owner,
          name,
          client_name: client,
          base_url: baseUrl,
        },
        text: `${factLines([
          ["Workspace", workspaceId],
          ["Owner", owner],
        ])}\n\nGive these to your app. The keys won't be shown again:\n\nDAAI_BASE_URL=${baseUrl}\nDAAI_API_KEY=${apiKey}\nDAAI_WORKSPACE_KEY=${workspaceKey}`,
      };
    },
  });
}

function createWithOwner(workspace: {
  ownerEmail: string;
  name: string;
  clientName: string;
}): Promise<({ ok: true } & CreatedWorkspace) | Refusal> {
  return inTransaction(getDb(), async (tx) => {
    const ctx = withDb(operatorContext(null), tx);
    const owner = await tx.user.findUnique({ where: { email: workspace.ownerEmail } });
    // Someone else may make the account meanwhile: then createUser refuses, and it is there.
    if (!owner) await createUser(ctx, { email: workspace.ownerEmail });
    const created = await createWorkspace(ctx, workspace);
    return created.ok ? created : rollBack(created);
  });
}
