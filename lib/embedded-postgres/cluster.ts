import { spawn } from "node:child_process";
import { SetupError } from "@/lib/errors/setup-error";
import { canReach, type ServerAccount, serverAccount } from "./server-account";
import { embeddedBinaries, type ServerBinaries } from "./server-binaries";

/** A PostgreSQL data folder and what is needed to run a server on it. */
export interface Cluster {
  readonly dir: string;
  /** `dir` as the server's account can name it. */
  readonly dirAsSeen: string;
  readonly account: ServerAccount | null;
  readonly binaries: ServerBinaries;
}

/** @param dir the data folder; it may be still to be made, its parent must exist */
export function cluster(dir: string, binaries?: ServerBinaries): Cluster {
  const account = serverAccount(dir);
  return { dir, dirAsSeen: nameFor(account, dir), account, binaries: binaries ?? embeddedBinaries(account) };
}

/**
 * A folder whose parents the account may not enter (a checkout under /root) still works as a working directory that the
 * parent process opened, and /proc/self/cwd names it without passing through its parents.
 */
function nameFor(account: ServerAccount | null, dir: string): string {
  if (canReach(account, dir)) return dir;
  if (process.platform === "linux") return "/proc/self/cwd";
  throw new SetupError(
    `PostgreSQL doesn't run as root, and its account can't enter ${dir}: set DAAI_DATA_DIR to a folder that every account can access.`,
  );
}

/** How the server's programs are started: in the data folder, as its account, in plain English. */
export function spawnOptions({ dir, account }: Cluster) {
  // Next's types demand NODE_ENV in every environment.
  return { cwd: dir, ...account, env: { LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" } as const };
}

/** Runs one of the server's programs to its end. Rejects with its last line of standard error. */
export function runProgram(of: Cluster, program: keyof ServerBinaries, args: string[], input = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(of.binaries[program], args, { ...spawnOptions(of), stdio: ["pipe", "ignore", "pipe"] });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(errors.trim().split("\n").at(-1) || `${program} ended with ${code}`)),
    );
    child.stdin.on("error", () => undefined).end(input);
  });
}
