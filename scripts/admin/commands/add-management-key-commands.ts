import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { emailSchema } from "@/lib/domain/access/email-address";
import { MANAGEMENT_SCOPE_NAMES } from "@/lib/domain/access/management-scopes";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import { getManagementKeyWorkspace, type ListedManagementKey, listManagementKeys } from "@/lib/management-keys/list-management-keys";
import { revokeManagementKey } from "@/lib/management-keys/revoke-management-key";
import { managementKeyNameSchema } from "@/lib/management-keys/schema";
import { addCommand } from "@/scripts/admin/add-command";
import { requireFound, requireOk } from "@/scripts/admin/command-error";
import { idValue, optional, repeatable, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { instantText, textTable } from "@/scripts/admin/text-table";

export function addManagementKeyCommands(program: Command): void {
  const group = program.command("management-key").description("A workspace's keys for the management API and policy files.");
  addCommand(group, {
    usage: "create",
    summary: "Create a management key. It's shown only once.",
    options: [
      required("--workspace <id>", "the workspace"),
      optional("--name <name>", "what it is for").default("Management key"),
      repeatable("--scope <scope>", `what it may do: ${MANAGEMENT_SCOPE_NAMES.join(", ")}; repeat for several`).makeOptionMandatory(),
      optional("--by <email>", "the owner for whom it acts (default: the one whose limits the workspace counts toward)"),
    ],
    examples: ['management-key create --workspace WORKSPACE_ID --name "Policy pipeline" --scope actions:read --scope actions:write'],
    input: z.strictObject({
      workspace: idValue,
      name: managementKeyNameSchema,
      scope: z.array(z.enum(MANAGEMENT_SCOPE_NAMES)),
      by: emailSchema.optional(),
    }),
    async run({ workspace, name, scope: scopes, by = null }) {
      const { id, key } = requireOk(await createManagementKey(await requireWorkspace(workspace, by), { name, scopes }));
      return {
        document: { management_key_id: id, workspace_id: workspace, name, scopes, key },
        text: `${key}\n\nCreated the management key ${id}. It won't be shown again.`,
      };
    },
  });
  addCommand(group, {
    usage: "list",
    summary: "List a workspace's management keys, including revoked ones.",
    options: [required("--workspace <id>", "the workspace")],
    examples: ["management-key list --workspace WORKSPACE_ID"],
    input: z.strictObject({ workspace: idValue }),
    async run({ workspace }) {
      const keys = await listManagementKeys(await requireWorkspace(workspace));
      return {
        document: { management_keys: keys.map(keyDocument) },
        text: textTable(
          ["Id", "Name", "Key", "Status", "Scopes", "Created by", "Last used"],
          keys.map((key) => [key.id, key.name, key.hint, statusOf(key), key.scopes.join(" "), key.createdBy, instantText(key.lastUsedAt)]),
        ),
      };
    },
  });
  addCommand(group, {
    usage: "revoke <KEY_ID>",
    summary: "Revoke a management key, effective immediately.",
    examples: ["management-key revoke KEY_ID"],
    input: z.strictObject({ KEY_ID: idValue }),
    async run({ KEY_ID: id }) {
      const workspaceId = requireFound(await getManagementKeyWorkspace(operatorContext(null), id), "such key");
      requireOk(await revokeManagementKey(operatorContext(workspaceId), id));
      return { document: { management_key_id: id, revoked: true }, text: `Revoked the management key ${id}.` };
    },
  });
}

function statusOf({ revokedAt, isOwned }: ListedManagementKey): "revoked" | "not_an_owners" | "active" {
  if (revokedAt) return "revoked";
  return isOwned ? "active" : "not_an_owners";
}

function keyDocument(key: ListedManagementKey) {
  return {
    management_key_id: key.id,
    name: key.name,
    hint: key.hint,
    scopes: key.scopes,
    status: statusOf(key),
    created_by: key.createdBy,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}
