import { readFileSync } from "node:fs";
import { describePackage, type ServedPackage } from "./served-package";

/** Where the console's build puts it (scripts/packages/build-packages.ts). */
export const PACKAGES_FOLDER = ".build/packages";
/** The same in every version, for people and programs: npm needs no version in an address. */
export const TYPESCRIPT_PACKAGE_PATH = "/packages/daai-js.tgz";

let typescript: ServedPackage | undefined;

/** The TypeScript SDK that fits this console. Requires a built console. */
export function getTypeScriptPackage(): ServedPackage {
  typescript ??= describePackage("daai-js", {
    version: readVersion(),
    fileName: fileNameOf(readVersion()),
    bytes: readFileSync(typescriptPackageFile()),
  });
  return typescript;
}

export function typescriptPackageFile(): string {
  return `${PACKAGES_FOLDER}/${fileNameOf(readVersion())}`;
}

function fileNameOf(version: string): string {
  return `daai-js-${version}.tgz`;
}

function readVersion(): string {
  return (JSON.parse(readFileSync("sdk/typescript/package.json", "utf8")) as { version: string }).version;
}
