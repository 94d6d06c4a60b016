import type { Command } from "commander";
import { z } from "zod";
import { getEnv } from "@/lib/env";
import { addCommand } from "@/scripts/admin/add-command";

export function addDatabaseUrlCommand(program: Command): void {
  addCommand(program, {
    usage: "database-url",
    summary:
      "Print the database's address, including the password, for pg_dump and psql. The embedded database runs only while the console does.",
    examples: ["database-url"],
    input: z.strictObject({}),
    run() {
      const url = getEnv().DATABASE_URL;
      return Promise.resolve({ document: { database_url: url }, text: url });
    },
  });
}
