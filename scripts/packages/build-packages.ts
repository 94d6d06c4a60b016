import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { SetupError } from "@/lib/errors/setup-error";
import { withFileLock } from "@/lib/file-lock.mjs";
import { PACKAGES_FOLDER, typescriptPackageFile } from "@/lib/packages/typescript-package";
import { builtFrom, readSources, type Sources, writeStamp } from "@/scripts/prepare/build-stamp.mjs";

export const SOURCES = ["sdk/typescript", "lib/domain", "scripts/packages", "scripts/build-typescript-package.mjs", "package-lock.json"];
export const STAMP = ".build/packages.stamp";

/**
 * Builds the packages that aren't made when they're asked for, when a source changed since the last time. In a process of its own, because
 * the compiler is large. Throws a SetupError.
 */
export async function buildPackages(stop?: AbortSignal): Promise<void> {
  if (isBuilt(readSources(STAMP, SOURCES))) return;
  await withFileLock(".build/packages.lock", async () => {
    const sources = readSources(STAMP, SOURCES);
    if (isBuilt(sources)) return;
    const args = ["scripts/build-typescript-package.mjs", PACKAGES_FOLDER];
    await promisify(execFile)(process.execPath, args, { signal: stop }).catch((error: Error & { stderr?: string }) => {
      throw new SetupError(`${error.stderr || error.message}\nThe TypeScript package couldn't be built. The reason is above.`);
    });
    writeStamp(STAMP, sources, PACKAGES_FOLDER);
  });
}

function isBuilt(sources: Sources): boolean {
  return existsSync(typescriptPackageFile()) && builtFrom(STAMP, sources) === PACKAGES_FOLDER;
}
