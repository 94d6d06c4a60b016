import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { hexText } from "@/lib/domain/log/byte-text";
import { readCheckpoint } from "@/lib/domain/log/checkpoint";
import { listLoggedWorkspaces } from "@/lib/receipts/log/list-logged-workspaces";
import { type OpenLog, openLog } from "@/lib/receipts/log/open-log";
import { verifyStoredLog } from "@/lib/receipts/log/verify-stored-log";
import type { WorkspaceContext } from "@/lib/security/context";
import { addCommand, type CommandResult } from "@/scripts/admin/add-command";
import { requireFound } from "@/scripts/admin/command-error";
import { idValue, optional, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { textTable } from "@/scripts/admin/text-table";
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
      const checkpoint = readCheckpoint(note);
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
    options: [optional("--workspace <id>", "the workspace"), optional("--all", "every workspace with a log, deleted ones too")],
    examples: ["log verify --workspace WORKSPACE_ID", "log verify --all"],
    input: z
      .strictObject({ workspace: idValue.optional(), all: z.literal(true).optional() })
      .refine(({ workspace, all }) => (workspace === undefined) !== (all === undefined), "Give either --workspace or --all."),
    async run({ workspace }) {
      if (workspace === undefined) return verifyAll();
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

/** One after the other: a log may have millions of receipts. */
async function verifyAll(): Promise<CommandResult> {
  const verified: { workspace_id: string; name: string; receipts: number; problems: string[] }[] = [];
  for (const { id, name } of await listLoggedWorkspaces(operatorContext(null))) {
    const ctx = operatorContext(id);
    const verdict = await verifyStoredLog(ctx);
    if (verdict === null) continue;
    const receipts = await ctx.db.receiptPlace.count({ where: { workspaceId: id } });
    verified.push({ workspace_id: id, name, receipts, problems: [...verdict.problems] });
  }
  const bad = verified.filter(({ problems }) => problems.length > 0);
  const rows = verified.map(({ workspace_id, name, receipts, problems }) => [workspace_id, name, receipts, problems[0] ?? "verified"]);
  const counted = `${verified.length} ${verified.length === 1 ? "log" : "logs"}`;
  const sum =
    bad.length === 0 ? `Verified ${counted}.` : `Verification FAILED for ${bad.length} of ${counted}. Verify each with --workspace.`;
  return {
    document: { verified: bad.length === 0, workspaces: verified },
    text:
      verified.length === 0 ? "No workspace has a log yet." : `${textTable(["Workspace", "Name", "Receipts", "Result"], rows)}\n\n${sum}`,
    isProblem: bad.length > 0,
  };
}

async function requireLog(ctx: WorkspaceContext): Promise<OpenLog> {
  return requireFound(await openLog(ctx), NO_LOG);
}
