import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "@/lib/db/transaction";

// Read once: a release's migrations do not change while it runs.
let names: Promise<string[]> | undefined;

/** The release's migrations that this database does not have, by name. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  names ??= readdir(join(process.cwd(), "prisma/migrations"), { withFileTypes: true }).then((entries) =>
    entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
  );
  const applied = await db.$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
  const known = new Set(applied.map((row) => row.migration_name));
  return (await names).filter((name) => !known.has(name)).sort();
}
