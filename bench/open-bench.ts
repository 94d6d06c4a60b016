import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { disconnectDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { acquireEmbeddedDatabase } from "@/lib/embedded-postgres/embedded-database";
import { databaseUrlOf, runSql } from "@/lib/testing/test-postgres";
import type { Bench } from "./measure";

/** Starts the database server that the measures share, in a folder that is removed at the end. */
export async function openBench({ size, say, atEnd }: Pick<Bench, "size" | "say" | "atEnd">): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "daai-bench-"));
  atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  // As root, PostgreSQL runs as another account, which must get through.
  chmodSync(folder, 0o711);
  const dataDir = join(folder, "shared");
  mkdirSync(dataDir);
  const server = await acquireEmbeddedDatabase({ dataDir, canCreateDatabases: true });
  atEnd(() => server.release());
  atEnd(disconnectDb);
  let databases = 0;
  return {
    size,
    folder,
    say,
    atEnd,
    createDatabase: async () => {
      const name = `bench_${++databases}`;
      await runSql(server.url, `CREATE DATABASE ${name}`);
      const url = databaseUrlOf(server.url, name);
      await migrate({ databaseUrl: url });
      return url;
    },
  };
}
