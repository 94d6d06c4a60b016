import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cluster, runProgram } from "./cluster";
import { chownTo } from "./server-account";
import type { ServerBinaries } from "./server-binaries";

/** The role that the application connects as, and the database of the same name that it owns. Not a superuser. */
export interface FirstRole {
  readonly name: string;
  /** Letters and digits. */
  readonly password: string;
  /** Needed by tests only. */
  readonly canCreateDatabases?: boolean;
}

export const SETTINGS_FILE = "daai.conf";

export function isInitialized(clusterDir: string): boolean {
  return existsSync(join(clusterDir, "PG_VERSION"));
}

/** Makes the data folder, all of it or nothing: the work is done beside it and moved into place at the end. */
export async function initializeCluster(dir: string, role: FirstRole, binaries?: ServerBinaries): Promise<void> {
  const draftDir = `${dir}.new`;
  rmSync(draftDir, { recursive: true, force: true });
  mkdirSync(draftDir, { mode: 0o700 });
  const draft = cluster(draftDir, binaries);
  chownTo(draft.account, draftDir);

  await runProgram(draft, "initdb", ["-D", draft.dirAsSeen, "-U", "postgres", "-A", "reject", "-E", "UTF8", ...localeOptions(binaries)]);
  // The superuser has no password and no way in over the network: single-user mode is its only use.
  writeFileSync(join(draftDir, "pg_hba.conf"), `host all ${role.name} 127.0.0.1/32 scram-sha-256\n`);
  appendFileSync(join(draftDir, "postgresql.conf"), `include_if_exists '${SETTINGS_FILE}'\n`);
  const rights = role.canCreateDatabases ? "CREATEDB" : "";
  await runProgram(
    draft,
    "postgres",
    ["--single", "-D", draft.dirAsSeen, "-c", "exit_on_error=on", "postgres"],
    `CREATE ROLE ${role.name} LOGIN ${rights} PASSWORD '${role.password}'\nCREATE DATABASE ${role.name} OWNER ${role.name}\n`,
  );
  renameSync(draftDir, dir);
}

/** The same collation on every machine, whatever its C library. PostgreSQL before 17 has no such provider. */
function localeOptions(binaries: ServerBinaries | undefined): string[] {
  return binaries ? ["--locale=C"] : ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
}
