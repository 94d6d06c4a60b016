import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "@/lib/db/transaction";

// Read once: a release's migrations do not change while it runs.
let names: Promise<string[]> | undefined;

export interface SchemaDifference {
  /** The release's migrations that the database does not have. */
  readonly missing: string[];
  /** Those of a newer release, which this process knows nothing of. */
  readonly unknown: string[];
}

/** What keeps this release and this database apart, by the migrations' names. */
export async function compareMigrations(db: Db): Promise<SchemaDifference> {
  names ??= readdir(join(process.cwd(), "prisma/migrations"), { withFileTypes: true }).then((entries) =>
    entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
  );
  const rows = await db.$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const applied = new Set(rows.map((row) => row.migration_name));
  const known = new Set(await names);
  return {
    missing: [...known].filter((name) => !applied.has(name)).sort(),
    unknown: [...applied].filter((name) => !known.has(name)).sort(),
  };
}
