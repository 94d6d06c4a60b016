import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { emailSchema } from "@/lib/domain/access/email-address";
import type { JsonObject } from "@/lib/domain/json-value";
import { getFreezeWorkspace, type ListedFreeze, listAllFreezes } from "@/lib/freezes/list-freezes";
import { freezeSchema, thawSchema } from "@/lib/freezes/schema";
import { freezeConsole, startFreeze } from "@/lib/freezes/start-freeze";
import { thaw, thawConsole } from "@/lib/freezes/thaw";
import { frozenThing } from "@/lib/words/freeze-words";
import { addCommand } from "@/scripts/admin/add-command";
import { requireFound, requireOk } from "@/scripts/admin/command-error";
import { idValue, optional, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { instantText, textTable } from "@/scripts/admin/text-table";

const CHANNEL = { channel: "admin_cli" } as const;

/** Freezing and thawing without a browser. */
export function addFreezeCommands(program: Command): void {
  const group = program.command("freeze").description("What is frozen: a workspace, an action, an API key or the whole console.");
  addStartCommand(group);
  addCommand(group, {
    usage: "thaw <FREEZE_ID>",
    summary: "Thaw what is frozen. Deadlines get back the time that stood still.",
    options: [required("--as <email>", "who thaws it"), optional("--comment <text>", "recorded in the receipt")],
    examples: ["freeze thaw FREEZE_ID --as bo@example.com"],
    input: z.strictObject({ FREEZE_ID: idValue, as: emailSchema, comment: thawSchema.shape.comment.optional() }),
    async run({ FREEZE_ID: freezeId, as, comment = null }) {
      const { workspaceId } = requireFound(await getFreezeWorkspace(operatorContext(null), freezeId), "such freeze");
      const request = { freezeId, comment, ...CHANNEL };
      const { thawedAt } = requireOk(
        workspaceId === null
          ? await thawConsole(operatorContext(null, as), request)
          : await thaw(operatorContext(workspaceId, as), request),
      );
      return { document: { freeze_id: freezeId, thawed_at: thawedAt.toISOString(), thawed_by: as }, text: "Thawed." };
    },
  });
  addCommand(group, {
    usage: "list",
    summary: "List what is frozen.",
    examples: ["freeze list"],
    input: z.strictObject({}),
    async run() {
      const freezes = await listAllFreezes(operatorContext(null));
      return {
        document: { freezes: freezes.map(documentOf) },
        text:
          freezes.length === 0
            ? "Nothing is frozen."
            : textTable(
                ["ID", "Frozen", "Since", "By", "Reason"],
                freezes.map((freeze) => [freeze.id, frozenThing(freeze), instantText(freeze.frozenAt), freeze.frozenBy, freeze.reason]),
              ),
      };
    },
  });
}

function addStartCommand(group: Command): void {
  addCommand(group, {
    usage: "start",
    summary: "Freeze a workspace, one of its actions or API keys, or the whole console.",
    options: [
      optional("--workspace <id>", "the workspace (default: the whole console)"),
      optional("--action <name>", "only this action of the workspace"),
      optional("--api-key <id>", "only this API key of the workspace"),
      required("--as <email>", "who freezes it"),
      required("--reason <text>", "shown to everyone concerned, recorded in the receipt"),
    ],
    examples: [
      'freeze start --workspace WORKSPACE_ID --action refund_customer --as ada@example.com --reason "Wrong refunds"',
      'freeze start --as ops@example.com --reason "Restoring a backup"',
    ],
    input: z
      .strictObject({
        workspace: idValue.optional(),
        action: z.string().optional(),
        apiKey: idValue.optional(),
        as: emailSchema,
        reason: freezeSchema.shape.reason,
      })
      .refine(({ workspace, action, apiKey }) => workspace !== undefined || (action === undefined && apiKey === undefined), {
        path: ["workspace"],
        error: "must be given with --action or --api-key",
      }),
    async run({ workspace, action = null, apiKey = null, as, reason }) {
      const { freezeId, frozenAt, claims } = requireOk(
        workspace === undefined
          ? await freezeConsole(operatorContext(null, as), { reason, ...CHANNEL })
          : await startFreeze(await requireWorkspace(workspace, as), { actionName: action, apiKeyId: apiKey, reason, ...CHANNEL }),
      );
      return {
        document: { freeze_id: freezeId, frozen_at: frozenAt.toISOString(), claims_that_may_still_be_running: claims },
        text: `Frozen. Claims that may still be running: ${claims}. To thaw it: freeze thaw ${freezeId}`,
      };
    },
  });
}

function documentOf(freeze: ListedFreeze): JsonObject {
  const { id, workspaceId, scope, name, reason, frozenBy, frozenAt } = freeze;
  return { freeze_id: id, workspace_id: workspaceId, scope, name, reason, frozen_by: frozenBy, frozen_at: frozenAt.toISOString() };
}
