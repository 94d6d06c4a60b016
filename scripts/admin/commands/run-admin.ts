import { Command, CommanderError } from "commander";
import { explainError } from "@/scripts/admin/explain-error";
import { ProblemFound } from "@/scripts/admin/problem-found";
import { addActionCommands } from "./add-action-commands";
import { addApiKeyCommands } from "./add-api-key-commands";
import { addBackupCommands } from "./add-backup-commands";
import { addBudgetCommands } from "./add-budget-commands";
import { addDatabaseUrlCommand } from "./add-database-url-command";
import { addDoctorCommand } from "./add-doctor-command";
import { addFreezeCommands } from "./add-freeze-commands";
import { addGrantCommands } from "./add-grant-commands";
import { addGroupCommands } from "./add-group-commands";
import { addLimitsCommands } from "./add-limits-commands";
import { addLogCommands } from "./add-log-commands";
import { addMailboxCommands } from "./add-mailbox-commands";
import { addManagementKeyCommands } from "./add-management-key-commands";
import { addMigrateCommand } from "./add-migrate-command";
import { addReceiptCommands } from "./add-receipt-commands";
import { addRunCommands } from "./add-run-commands";
import { addSecretsCommands } from "./add-secrets-commands";
import { addSeedCommand } from "./add-seed-command";
import { addSizeCommand } from "./add-size-command";
import { addUserCommands } from "./add-user-commands";
import { addWorkspaceCommands } from "./add-workspace-commands";

export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** What a command needs of the console: see `RuntimeOptions`. */
export type Need = "make" | "migrate" | "use" | "look" | "restore";

const NEEDS: Readonly<Record<string, Need>> = {
  // A restored backup may be older than this release; its logs are restarted before a start goes on with them.
  restart: "migrate",
  "database-url": "look",
  // Also before an upgrade, by the new release.
  backup: "look",
  restore: "restore",
  doctor: "look",
  // Before the first start, too.
  migrate: "make",
  // The other commands refuse secrets that nobody has accepted yet.
  accept: "look",
};

/**
 * One run of the admin command line. `open` makes settings and database ready; it is called when a command is about to run, so not for
 * help and mistakes. Returns the exit code.
 */
export async function runAdmin(args: readonly string[], { out, err }: Output, open?: (need: Need) => Promise<void>): Promise<number> {
  const program = new Command("admin")
    .description("Manages a console through its database, from DATABASE_URL or DAAI_DATA_DIR. Works while the server runs.")
    .usage("<command> [options]")
    .exitOverride()
    .hook("preAction", (_, command) => open?.(NEEDS[command.name()] ?? "use"))
    .configureOutput({ writeOut: out, writeErr: err, outputError: (text, write) => write(`${asSentence(text)}\n`) });
  addUserCommands(program);
  addWorkspaceCommands(program);
  addApiKeyCommands(program);
  addManagementKeyCommands(program);
  addActionCommands(program);
  addRunCommands(program);
  addBudgetCommands(program);
  addGroupCommands(program);
  addGrantCommands(program);
  addFreezeCommands(program);
  addReceiptCommands(program);
  addLogCommands(program);
  addMailboxCommands(program);
  addLimitsCommands(program);
  addSeedCommand(program);
  addSecretsCommands(program);
  addBackupCommands(program);
  addMigrateCommand(program);
  addDatabaseUrlCommand(program);
  addSizeCommand(program);
  addDoctorCommand(program);
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    // Commander has said what was wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof ProblemFound)) err(`${explainError(error)}\n`);
    return 1;
  }
}

/** "error: required option '--owner <email>' not specified" */
function asSentence(message: string): string {
  const text = message
    .replace(/^error: /, "")
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replace(/^\w/, (letter) => letter.toUpperCase());
  return /[.?)]$/.test(text) ? text : `${text}.`;
}
