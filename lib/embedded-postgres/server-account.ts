import { chownSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { SetupError } from "@/lib/errors/setup-error";

/** The account that PostgreSQL runs as, when it is not our own. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root: as root it runs as `postgres` or `nobody` (initdb wants an account that has a name),
 * and a folder that exists keeps its owner. Null: it runs as ourselves.
 */
export function serverAccount(clusterDir: string): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const [, , uid, gid] = accounts.find(([name]) => name === wanted) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new SetupError(
    "PostgreSQL doesn't run as root, and this machine has no account named postgres or nobody: start the console as an ordinary user.",
  );
}

export function chownTo(account: ServerAccount | null, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** Whether the account may pass through every folder above `path`. */
export function canReach(account: ServerAccount | null, path: string): boolean {
  if (!account) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
