import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SetupError } from "@/lib/errors/setup-error";
import { runLogged, type Write } from "./run-logged";

const QUIET = ["--quiet", "--disable-pip-version-check"];

interface PythonEnvironment {
  readonly folder: string;
  /** What pip installs, such as a folder with its extras. */
  readonly requirement: string;
  /** More packages, with their versions. */
  readonly packages?: readonly string[];
  /** What it is for, as a sentence ends. */
  readonly purpose: string;
}

export const SDK_TESTS: PythonEnvironment = { folder: ".build/sdk-venv", requirement: "sdk/python[dev]", purpose: "the SDK's tests" };

const ready = new Map<string, Promise<string>>();

/** A virtual environment with the SDK, made when needed, once. Returns its `bin`. Throws a SetupError. */
export function pythonEnvironment(write: Write, environment: PythonEnvironment): Promise<string> {
  const { folder } = environment;
  const bin = ready.get(folder) ?? prepare(write, environment);
  ready.set(folder, bin);
  return bin;
}

async function prepare(write: Write, { folder, requirement, packages = [], purpose }: PythonEnvironment): Promise<string> {
  const home = resolve(folder);
  const stamp = join(home, "installed");
  const bin = join(home, process.platform === "win32" ? "Scripts" : "bin");
  const version = await runLogged(() => undefined, "python3", ["-c", "import sys; assert sys.version_info >= (3, 9); print(sys.version)"]);
  if (version.code !== 0) throw new SetupError(`Python 3.9 or newer is needed as python3 for ${purpose}: install it and try again.`);
  const wanted = createHash("sha256")
    .update(version.output)
    .update(readFileSync("sdk/python/pyproject.toml"))
    .update(packages.join(" "))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return bin;

  write(`Making a Python environment for ${purpose} …\n`);
  rmSync(home, { recursive: true, force: true });
  const venv = await runLogged(write, "python3", ["-m", "venv", home]);
  if (venv.code !== 0)
    throw new SetupError(
      "python3 cannot make a virtual environment: install its venv module (Debian: apt-get install python3-venv) and try again.",
    );
  const install = await runLogged(write, join(bin, "python"), ["-m", "pip", "install", ...QUIET, "-e", requirement, ...packages]);
  if (install.code !== 0) throw new SetupError(`pip could not install ${requirement}; its reason stands above.`);
  writeFileSync(stamp, wanted);
  return bin;
}
