import type { Command } from "commander";
import { z } from "zod";
import { consoleVersion } from "@/lib/console-version";
import { addCommand } from "@/scripts/admin/add-command";

/** The migrating itself is done before any command runs, as before any start: see `NEEDS`. */
export function addMigrateCommand(program: Command): void {
  addCommand(program, {
    usage: "migrate",
    summary:
      "Migrate the database to this release without starting the console, or set up an empty one. A start does the same. Processes of an earlier release stop serving.",
    examples: ["migrate"],
    input: z.strictObject({}),
    run() {
      const release = consoleVersion();
      return Promise.resolve({ document: { release }, text: `The database is ready for release ${release}.` });
    },
  });
}
