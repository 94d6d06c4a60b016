import { statSync } from "node:fs";
import type { Command } from "commander";
import { z } from "zod";
import { getEnv } from "@/lib/env";
import { addCommand } from "@/scripts/admin/add-command";
import { restoreBackup } from "@/scripts/admin/backup/restore-backup";
import { writeBackup } from "@/scripts/admin/backup/write-backup";

const count = (n: number, one: string) => `${new Intl.NumberFormat("en").format(n)} ${n === 1 ? one : `${one}s`}`;
const databaseUrl = () => getEnv().DATABASE_DIRECT_URL ?? getEnv().DATABASE_URL;

export function addBackupCommands(program: Command): void {
  addCommand(program, {
    usage: "backup <file>",
    summary:
      "Write everything the console stores to a file, as of one moment, while it runs. Needs no PostgreSQL tools. The secrets aren't in it: copy secrets.json too.",
    examples: ["backup console.backup"],
    input: z.strictObject({ file: z.string().min(1) }),
    async run({ file }) {
      const { takenAt, tables, rows } = await writeBackup(databaseUrl(), file);
      const { size } = statSync(file);
      const time = takenAt.toISOString();
      return {
        document: { file, bytes: size, taken_at: time, tables, rows },
        text:
          `Backed up ${count(rows, "row")} from ${count(tables, "table")} to ${file} (${count(size, "byte")}), as of ${time}.\n` +
          "Also keep the console's secrets, which aren't in it: secrets.json in the data directory, or those you set yourself.",
      };
    },
  });
  addCommand(program, {
    usage: "restore <file>",
    summary:
      "Put a backup into the empty database that DATABASE_URL names, or into a new embedded one. Restart the receipt logs afterwards.",
    examples: ["restore console.backup"],
    input: z.strictObject({ file: z.string().min(1) }),
    async run({ file }) {
      const { takenAt, release, tables, rows } = await restoreBackup(databaseUrl(), file);
      const time = takenAt.toISOString();
      return {
        document: { file, taken_at: time, release, tables, rows },
        text:
          `Restored ${count(rows, "row")} in ${count(tables, "table")}, as of ${time}.\n` +
          `Before you start the console, restart the receipt logs:\n  npm run -s admin -- log restart --backup ${time} --confirm`,
      };
    },
  });
}
