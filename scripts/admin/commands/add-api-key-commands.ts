import type { Command } from "commander";
import { z } from "zod";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { getApiKeyWorkspace, type ListedApiKey, listApiKeys } from "@/lib/api-keys/list-api-keys";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { keyNameSchema } from "@/lib/api-keys/schema";
import { operatorContext } from "@/lib/auth/contexts";
import { databaseNow } from "@/lib/db/transaction";
import { emailSchema } from "@/lib/domain/access/email-address";
import { KEY_PREFIXES, type KeyKind } from "@/lib/security/key-format";
import { addCommand } from "@/scripts/admin/add-command";
import { CommandError, requireFound, requireOk } from "@/scripts/admin/command-error";
import { countValue, idValue, optional, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { instantText, textTable } from "@/scripts/admin/text-table";

const KINDS = Object.keys(KEY_PREFIXES) as KeyKind[];
const DAY_MINUTES = 1440;
const YEAR_MINUTES = 525_600;

export function addApiKeyCommands(program: Command): void {
  const group = program.command("api-key").description("A workspace's keys: API keys and workspace keys.");
  addCommand(group, {
    usage: "create",
    summary: "Create a key. It's shown only once.",
    options: [
      required("--workspace <id>", "the workspace"),
      optional("--name <name>", "what it is for").default("API key"),
      optional(
        "--by <email>",
        "the member who creates it, and can't approve its runs where self-approval is prevented (default: the owner)",
      ),
      optional("--kind <kind>", "which of an app's two keys").choices(KINDS).default("api"),
    ],
    examples: ['api-key create --workspace WORKSPACE_ID --name "Nightly agent"'],
    input: z.strictObject({ workspace: idValue, name: keyNameSchema, kind: z.enum(KINDS), by: emailSchema.optional() }),
    async run({ workspace, name, kind, by = null }) {
      const { id, key } = await createApiKey(await requireWorkspace(workspace, by), { kind, name });
      return {
        document: { api_key_id: id, workspace_id: workspace, kind, name, key },
        text: `${key}\n\nCreated the ${kind} key ${id}. It won't be shown again.`,
      };
    },
  });
  addCommand(group, {
    usage: "list",
    summary: "List a workspace's keys, including revoked ones.",
    options: [required("--workspace <id>", "the workspace")],
    examples: ["api-key list --workspace WORKSPACE_ID"],
    input: z.strictObject({ workspace: idValue }),
    async run({ workspace }) {
      const ctx = await requireWorkspace(workspace);
      const now = await databaseNow(ctx.db);
      const keys = (await listApiKeys(ctx)).map((key) => ({ ...key, status: statusOf(key, now) }));
      return {
        document: { api_keys: keys.map(keyDocument) },
        text: textTable(
          ["Id", "Kind", "Name", "Key", "Status", "Created", "Last used"],
          keys.map((key) => [key.id, key.kind, key.name, key.hint, key.status, instantText(key.createdAt), instantText(key.lastUsedAt)]),
        ),
      };
    },
  });
  addCommand(group, {
    usage: "revoke <KEY_ID>",
    summary: "Revoke a key, effective immediately.",
    examples: ["api-key revoke KEY_ID"],
    input: z.strictObject({ KEY_ID: idValue }),
    async run({ KEY_ID: id }) {
      if (!(await revokeApiKey(await contextOfKey(id), id))) throw new CommandError("The key is already revoked.");
      return { document: { api_key_id: id, revoked: true }, text: `Revoked the key ${id}.` };
    },
  });
  addCommand(group, {
    usage: "rotate <KEY_ID>",
    summary: "Create a new key to replace this one. The old key keeps working for the overlap.",
    options: [
      optional("--overlap-minutes <n>", "how long the old key keeps working").default(String(DAY_MINUTES), "a day"),
      optional("--by <email>", "the member who creates the new key (default: the owner)"),
    ],
    examples: ["api-key rotate KEY_ID --overlap-minutes 60"],
    input: z.strictObject({ KEY_ID: idValue, overlapMinutes: countValue(0, YEAR_MINUTES), by: emailSchema.optional() }),
    async run({ KEY_ID: oldId, overlapMinutes, by = null }) {
      const { id, key, oldKeyExpiresAt } = requireOk(await rotateApiKey(await contextOfKey(oldId, by), { id: oldId, overlapMinutes }));
      return {
        document: { api_key_id: id, key, old_api_key_id: oldId, old_key_expires_at: oldKeyExpiresAt.toISOString() },
        text: `${key}\n\nCreated the key ${id}. It won't be shown again. The old key works until ${instantText(oldKeyExpiresAt)}.`,
      };
    },
  });
}

async function contextOfKey(id: string, email: string | null = null) {
  return operatorContext(requireFound(await getApiKeyWorkspace(operatorContext(null), id), "such key"), email);
}

function statusOf({ revokedAt, expiresAt }: ListedApiKey, now: Date): "revoked" | "expired" | "active" {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "active";
}

function keyDocument(key: ListedApiKey & { status: string }) {
  return {
    api_key_id: key.id,
    kind: key.kind,
    name: key.name,
    hint: key.hint,
    status: key.status,
    created_by: key.createdBy,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    expires_at: key.expiresAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}
