import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { SetupError } from "@/lib/errors/setup-error";

/** As root, the embedded PostgreSQL runs as another account, which must reach its folder. */
const MODE = process.getuid?.() === 0 ? 0o711 : 0o700;

/** Makes the data directory if it is not there and checks that it can be used. Returns its absolute path. Throws a SetupError. */
export function openDataDirectory(path: string): string {
  const dir = resolve(path);
  const probe = join(dir, `.write-test-${process.pid}`);
  try {
    makeFolders(dir);
    accessSync(dir, constants.R_OK | constants.X_OK);
    writeFileSync(probe, "");
    rmSync(probe);
    return dir;
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    throw new SetupError(
      `The data directory ${dir} can't be written (${code}): make it writable for this account, or set DAAI_DATA_DIR to one that is.`,
    );
  }
}

/** One level at a time: where no folders can be created, such as in /proc, Node's `recursive` loops forever. */
function makeFolders(dir: string): void {
  if (existsSync(dir)) return;
  makeFolders(dirname(dir));
  try {
    mkdirSync(dir, { mode: MODE });
  } catch (error) {
    // Another start may have been sooner.
    if (!existsSync(dir)) throw error;
  }
}
