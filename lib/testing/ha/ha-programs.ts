import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SetupError } from "@/lib/errors/setup-error";

/** Where Debian keeps each PostgreSQL version, and where root's programs are. */
const DEBIAN_HOME = "/usr/lib/postgresql";
const SYSTEM_FOLDERS = ["/usr/sbin", "/sbin"];

export interface HaPrograms {
  readonly etcd: string;
  readonly patroni: string;
  readonly patronictl: string;
  readonly haproxy: string;
  readonly pgbouncer: string;
  /** The folder of the newest PostgreSQL's programs. */
  readonly postgres: string;
}

/** The programs of this machine. Throws a SetupError that says what to install. */
export function findHaPrograms(): HaPrograms {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...SYSTEM_FOLDERS];
  const find = (name: string) => folders.map((folder) => join(folder, name)).find(existsSync);
  const [newest] = existsSync(DEBIAN_HOME) ? readdirSync(DEBIAN_HOME).sort((a, b) => Number(b) - Number(a)) : [];
  const found = {
    etcd: find("etcd"),
    patroni: find("patroni"),
    patronictl: find("patronictl"),
    haproxy: find("haproxy"),
    pgbouncer: find("pgbouncer"),
    postgres: newest && join(DEBIAN_HOME, newest, "bin"),
  };
  const missing = Object.entries(found).flatMap(([name, path]) => (path ? [] : [name]));
  if (missing.length === 0) return found as HaPrograms;
  throw new SetupError(
    `The proof of high availability needs ${missing.join(", ")}. On Debian: apt-get install --no-install-recommends patroni python3-etcd etcd-server haproxy pgbouncer postgresql`,
  );
}
