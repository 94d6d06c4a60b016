import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { getEnv } from "@/lib/env";
import { restartLog } from "@/lib/receipts/log/restart-log";
import { addCommand, type CommandResult } from "@/scripts/admin/add-command";
import { CommandError } from "@/scripts/admin/command-error";
import { idValue, instantValue, optional, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";

interface FoundLog {
  readonly workspaceId: string;
  readonly name: string;
  readonly origin: string | null;
  readonly size: number;
}

export function addLogRestartCommand(group: Command): void {
  addCommand(group, {
    usage: "restart",
    summary:
      "After restoring a backup and before starting the console: continue the logs under new origins, and record it in a receipt in each.",
    options: [
      required("--backup <time>", "when the backup was taken; safe to repeat"),
      optional("--workspace <id>", "only this workspace's log (default: all logs, since a backup contains them all)"),
      optional("--confirm", "do it; without it, only show what would be done"),
    ],
    examples: ["log restart --backup 2026-11-25T03:00:00Z", "log restart --backup 2026-11-25T03:00:00Z --confirm"],
    input: z.strictObject({ backup: instantValue, workspace: idValue.optional(), confirm: z.literal(true).optional() }),
    async run({ backup, workspace, confirm }) {
      if (backup > new Date())
        throw new CommandError("A backup can't have been taken in the future: --backup is UTC unless it says otherwise.");
      const logs = await findLogs(workspace);
      requirePublicUrl(logs);
      return confirm ? restart(logs, backup) : preview(logs);
    },
  });
}

/** Also of deleted workspaces, whose last runs may still be reported, and of logs without a receipt: after the backup there may have been one. */
async function findLogs(workspaceId?: string): Promise<FoundLog[]> {
  if (workspaceId !== undefined) await requireWorkspace(workspaceId);
  const workspaces = await operatorContext(null).db.workspace.findMany({
    where: workspaceId === undefined ? {} : { id: workspaceId },
    select: { id: true, name: true, receiptLog: { select: { origin: true, size: true } } },
    orderBy: { id: "asc" },
  });
  return workspaces.map(({ id, name, receiptLog }) => ({
    workspaceId: id,
    name,
    origin: receiptLog?.origin ?? null,
    size: Number(receiptLog?.size ?? 0),
  }));
}

/** A log's new origin is the console's address, for ever: in a shell without the console's settings it would be this machine's. */
function requirePublicUrl(logs: readonly FoundLog[]): void {
  const { DAAI_PUBLIC_URL, isPublicUrlGuessed } = getEnv();
  const { host } = new URL(DAAI_PUBLIC_URL);
  const other = logs.find(({ origin }) => origin !== null && hostOf(origin) !== host);
  if (!isPublicUrlGuessed || !other?.origin) return;
  throw new CommandError(
    `The log of ${other.name} is that of ${hostOf(other.origin)}, and DAAI_PUBLIC_URL isn't set here: set it to the console's address, or its logs would continue as those of ${host}.`,
  );
}

const hostOf = (origin: string) => origin.slice(0, origin.indexOf("/"));

function preview(logs: readonly FoundLog[]): CommandResult {
  const rows = logs.map(({ workspaceId, name, origin, size }) => ({ workspace_id: workspaceId, workspace: name, origin, receipts: size }));
  const text = [
    ...rows.map((row) => logLine(row.workspace, `now ${row.receipts} receipts`, row.origin ?? "no log yet")),
    "Nothing was changed. With --confirm, each of these logs continues under a new origin. Verifiers will report this to everyone who keeps checkpoints of the old one, and they have to accept the new one.",
  ];
  return { document: { restarted: false, logs: rows }, text: text.join("\n\n") };
}

async function restart(logs: readonly FoundLog[], backup: Date): Promise<CommandResult> {
  const rows = [];
  for (const { workspaceId, name } of logs) {
    const { says, isNew } = await restartLog(operatorContext(workspaceId), backup);
    rows.push({
      workspace_id: workspaceId,
      workspace: name,
      origin: says.origin,
      earlier_origin: says.earlier_origin,
      earlier_size: says.earlier_size,
      receipt_id: says.receipt_id,
      done_before: !isNew,
    });
  }
  const text = [
    ...rows.map((row) =>
      logLine(row.workspace, `restarted ${row.done_before ? "before" : "now"}, after ${row.earlier_size} receipts`, row.origin),
    ),
    "Tell everyone who keeps checkpoints of these logs which backup was restored, what was lost, and the new origin. Their SDKs reject it until they accept it.",
  ];
  return { document: { restarted: true, logs: rows }, text: text.join("\n\n") };
}

/** Not in a table: people copy the origin, and it is long. */
function logLine(workspace: string, what: string, origin: string): string {
  return `${workspace}: ${what}\n  ${origin}`;
}
