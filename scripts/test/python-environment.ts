import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SetupError } from "@/lib/setup-error";
import { runLogged, type Write } from "./run-logged";

const HOME = resolve(".build/sdk-venv");
const STAMP = join(HOME, "installed");
const QUIET = ["--quiet", "--disable-pip-version-check"];

/** A virtual environment with the SDK and its development tools, made when needed. Returns its `bin`. Throws a SetupError. */
export async function pythonEnvironment(write: Write): Promise<string> {
  const bin = join(HOME, process.platform === "win32" ? "Scripts" : "bin");
  const version = await runLogged(() => undefined, "python3", ["-c", "import sys; assert sys.version_info >= (3, 9); print(sys.version)"]);
  if (version.code !== 0) throw new SetupError("The SDK's tests need Python 3.9 or newer as python3: install it and try again.");
  const wanted = createHash("sha256").update(version.output).update(readFileSync("sdk/python/pyproject.toml")).digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return bin;

  rmSync(HOME, { recursive: true, force: true });
  const venv = await runLogged(write, "python3", ["-m", "venv", HOME]);
  if (venv.code !== 0) throw new SetupError("python3 cannot make a virtual environment: install its venv module (Debian: apt-get install python3-venv) and try again.");
  const install = await runLogged(write, join(bin, "python"), ["-m", "pip", "install", ...QUIET, "-e", "sdk/python[dev]"]);
  if (install.code !== 0) throw new SetupError("The SDK's development tools could not be installed; pip's reason stands above.");
  writeFileSync(STAMP, wanted);
  return bin;
}
