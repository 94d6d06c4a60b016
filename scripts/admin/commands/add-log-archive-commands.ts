import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { z } from "zod";
import { hexText } from "@/lib/domain/log/byte-text";
import { parseCheckpointText } from "@/lib/domain/log/checkpoint";
import { parseSignedNote } from "@/lib/domain/log/signed-note";
import { type OpenLog, openLog } from "@/lib/receipts/log/open-log";
import { verifyStoredLog } from "@/lib/receipts/log/verify-stored-log";
import type { WorkspaceContext } from "@/lib/security/context";
import { addCommand } from "@/scripts/admin/add-command";
import { requireFound } from "@/scripts/admin/command-error";
import { idValue, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { verdictResult } from "@/scripts/admin/verdict-result";

const NO_LOG = "receipt in this workspace's log yet";
const workspaceOption = () => required("--workspace <id>", "the workspace");

export function addLogArchiveCommands(group: Command): void {
  addCommand(group, {
    usage: "checkpoint",
    summary: "Print the newest checkpoint. If you keep it outside the console, it can later show whether the log was rewritten.",
    options: [workspaceOption()],
    examples: ["log checkpoint --workspace WORKSPACE_ID > checkpoint.txt"],
    input: z.strictObject({ workspace: idValue }),
    async run({ workspace }) {
      const { note } = await requireLog(await requireWorkspace(workspace));
      const checkpoint = parseCheckpointText(parseSignedNote(note)?.text ?? "");
      return {
        document: {
          note,
          size: checkpoint?.size ?? 0,
          origin: checkpoint?.origin ?? "",
          root_hash: hexText(checkpoint?.rootHash ?? new Uint8Array()),
        },
        text: note.trimEnd(),
      };
    },
  });
  addCommand(group, {
    usage: "verify",
    summary: "Rebuild the tree from every receipt and compare it with all checkpoints ever signed. Fails if anything doesn't match.",
    options: [workspaceOption()],
    examples: ["log verify --workspace WORKSPACE_ID"],
    input: z.strictObject({ workspace: idValue }),
    async run({ workspace }) {
      return verdictResult(requireFound(await verifyStoredLog(await requireWorkspace(workspace)), NO_LOG));
    },
  });
  addCommand(group, {
    usage: "export",
    summary: "Write the whole log as an archive for verifiers: receipts, tree and checkpoint (tlog-tiles in a tar).",
    options: [workspaceOption(), required("--to <file>", "the file to write")],
    examples: ["log export --workspace WORKSPACE_ID --to receipts.tar"],
    input: z.strictObject({ workspace: idValue, to: z.string().min(1) }),
    async run({ workspace, to }) {
      const log = await requireLog(await requireWorkspace(workspace));
      await pipeline(log.archive(), createWriteStream(to, { mode: 0o600 }));
      return {
        document: { file: to, receipts: log.size },
        text: `${log.size} receipts are in ${to}.\nVerify them with: npm run -s admin -- receipts verify ${to}`,
      };
    },
  });
}

async function requireLog(ctx: WorkspaceContext): Promise<OpenLog> {
  return requireFound(await openLog(ctx), NO_LOG);
}
