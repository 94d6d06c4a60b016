import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

export interface Runtime {
  readonly runtime: "node" | "bun" | "deno" | "workerd";
  readonly version: string;
  /** Whether it has node:sqlite. */
  readonly sqlite: boolean;
}

/** The runtimes that the package is played in, the oldest version of each first. */
export const RUNTIMES = JSON.parse(readFileSync("sdk/typescript/tests/runtimes/versions.json", "utf8")) as readonly Runtime[];
/** Names one of them, such as `bun@1.4.5`, for the tests that run in any. */
export const CHOSEN = "DAAI_TEST_RUNTIME";

export const nameOf = ({ runtime, version }: Runtime): string => `${runtime}@${version}`;

/** The runtime that the environment names; null if it names none. */
function chosen(): Runtime | null {
  const name = process.env[CHOSEN];
  if (name === undefined) return null;
  const found = RUNTIMES.find((one) => nameOf(one) === name);
  if (!found) throw new Error(`${CHOSEN} is ${name}: use one of ${RUNTIMES.map(nameOf).join(", ")}`);
  return found;
}

/** The runtime that the environment names, or else the newest Node. */
export function runtimeUnderTest(): Runtime {
  return chosen() ?? (RUNTIMES.findLast(({ runtime }) => runtime === "node") as Runtime);
}

/**
 * The command that runs a program with node:sqlite: in the runtime that the environment names, in the Node that runs this, or else in the
 * lowest Node that has it.
 */
export async function commandWithSqlite(): Promise<readonly string[]> {
  const named = chosen();
  if (named) return commandOf(named);
  const hasSqlite = "getBuiltinModule" in process && process.getBuiltinModule("node:sqlite" as "node:fs") !== undefined;
  if (hasSqlite) return [process.execPath, ...ARGUMENTS.node];
  return commandOf(RUNTIMES.find(({ runtime, sqlite }) => runtime === "node" && sqlite) as Runtime);
}

const ARGUMENTS = {
  node: ["--no-warnings"],
  bun: [],
  // What the package needs, and the programs of these tests do; whatever else asks for a permission fails.
  deno: ["run", "--quiet", "--no-prompt", "--allow-net", "--allow-env", "--allow-read", "--allow-write"],
  workerd: [],
} as const;

/** The program and its arguments, to which a script and its own arguments are added. */
export async function commandOf(runtime: Runtime): Promise<readonly string[]> {
  return [await installed(runtime), ...ARGUMENTS[runtime.runtime]];
}

/** Where the packages of the npm registry have the program. */
const PROGRAMS = {
  node: [`node-${process.platform}-${process.arch}`, "bin/node"],
  bun: ["@oven", "bin/bun"],
  deno: ["@deno", "deno"],
  workerd: ["@cloudflare", "bin/workerd"],
} as const;

const programs = new Map<string, Promise<string>>();

/** The program of a runtime, which is installed from the npm registry into .build once. */
function installed(runtime: Runtime): Promise<string> {
  const program = programs.get(nameOf(runtime)) ?? install(runtime);
  programs.set(nameOf(runtime), program);
  return program;
}

async function install(runtime: Runtime): Promise<string> {
  if (runtime.runtime === "node" && runtime.version === process.versions.node) return process.execPath;
  const folder = resolve(`.build/runtimes/${nameOf(runtime)}`);
  const found = programIn(folder, runtime);
  if (found) return found;
  mkdirSync(".build/runtimes", { recursive: true });
  // In a folder of its own first: other tests may be looking for it, or installing it.
  const draft = mkdtempSync(`${folder}-`);
  const name = runtime.runtime === "node" ? PROGRAMS.node[0] : runtime.runtime;
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  try {
    await promisify(execFile)("npm", ["install", "--prefix", draft, ...quiet, `${name}@${runtime.version}`]);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!programIn(folder, runtime)) throw new Error(`${name}@${runtime.version} couldn't be installed`, { cause: error });
  }
  const program = programIn(folder, runtime);
  if (!program) throw new Error(`${name}@${runtime.version} has no program for ${process.platform} on ${process.arch}`);
  // In some packages, an install script would do it.
  chmodSync(program, 0o755);
  return program;
}

function programIn(folder: string, { runtime }: Runtime): string | undefined {
  const [owner, file] = PROGRAMS[runtime];
  const packages = join(folder, "node_modules", owner);
  if (!existsSync(packages)) return undefined;
  // npm installs the packages of this platform only.
  const folders = runtime === "node" ? [""] : readdirSync(packages);
  return folders.map((name) => join(packages, name, file)).find((path) => existsSync(path));
}
