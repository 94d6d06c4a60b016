import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";

/** The lowest that has node:sqlite. */
const VERSION = "22.13.1";

let finding: Promise<string> | undefined;

/** A Node with node:sqlite: the one that runs this, or else one from the npm registry, which is installed into .build once. */
export function nodeWithSqlite(): Promise<string> {
  const hasSqlite = "getBuiltinModule" in process && process.getBuiltinModule("node:sqlite" as "node:fs") !== undefined;
  return hasSqlite ? Promise.resolve(process.execPath) : (finding ??= install());
}

async function install(): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = resolve(`.build/node-${VERSION}`);
  const program = `${folder}/node_modules/${name}/bin/node`;
  if (existsSync(program)) return program;
  mkdirSync(".build", { recursive: true });
  // In a folder of its own first: other tests may be looking for it, or installing it.
  const draft = mkdtempSync(`${folder}-`);
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  try {
    await promisify(execFile)("npm", ["install", "--prefix", draft, ...quiet, `${name}@${VERSION}`]);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(program))
      throw new Error(`${name}@${VERSION} couldn't be installed: run the tests with Node 22.13 or newer`, { cause: error });
  }
  return program;
}
