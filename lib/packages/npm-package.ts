import { readFileSync } from "node:fs";
import { describePackage, type ServedPackage } from "./served-package";

/** Where the console's build puts them (scripts/packages/build-packages.ts). */
export const PACKAGES_FOLDER = ".build/packages";
export const NPM_PACKAGES = ["daai-js", "daai-mcp"] as const;
type NpmPackage = (typeof NPM_PACKAGES)[number];

const SOURCES: Record<NpmPackage, string> = { "daai-js": "sdk/typescript", "daai-mcp": "sdk/gateway" };

const known = new Map<NpmPackage, ServedPackage>();

/** The package that fits this console. Requires a built console. */
export function getNpmPackage(name: NpmPackage): ServedPackage {
  const found = known.get(name);
  if (found) return found;
  const served = describePackage(name, {
    version: readVersion(name),
    fileName: fileNameOf(name),
    bytes: readFileSync(npmPackageFile(name)),
  });
  known.set(name, served);
  return served;
}

/** The same in every version, for people and programs: npm needs no version in an address. */
export function npmPackagePath(name: NpmPackage): string {
  return `/packages/${name}.tgz`;
}

export function npmPackageFile(name: NpmPackage): string {
  return `${PACKAGES_FOLDER}/${fileNameOf(name)}`;
}

function fileNameOf(name: NpmPackage): string {
  return `${name}-${readVersion(name)}.tgz`;
}

function readVersion(name: NpmPackage): string {
  return (JSON.parse(readFileSync(`${SOURCES[name]}/package.json`, "utf8")) as { version: string }).version;
}
