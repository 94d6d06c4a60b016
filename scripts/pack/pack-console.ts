import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { embeddedBinaries } from "@/lib/embedded-postgres/server-binaries";
import { SetupError } from "@/lib/errors/setup-error";
import { PACKAGES_FOLDER } from "@/lib/packages/npm-package";
import { STAMP as APP_STAMP } from "@/scripts/console/build-app";
import { BUILD_ONLY } from "@/scripts/console/place-base-path";
import { STAMP as PACKAGES_STAMP } from "@/scripts/packages/build-packages";
import { packStamp } from "@/scripts/prepare/build-stamp.mjs";
import { STAMP as PROGRAMS_STAMP, UNBUNDLED } from "@/scripts/prepare/load-program.mjs";
import { type LockedPackages, runtimePackages } from "./runtime-packages";

/** What the programs and pages read at run time besides the builds. */
export const FILES = [
  "package.json",
  "LICENSE",
  ".env.example",
  "public",
  "prisma/migrations",
  "scripts/start.mjs",
  "scripts/admin.mjs",
  "scripts/check-health.mjs",
  "scripts/prepare",
  "lib/file-lock.mjs",
  "sdk/python/pyproject.toml",
  "sdk/python/README.md",
  "sdk/python/LICENSE",
  "sdk/python/src",
  "sdk/gateway/package.json",
  "sdk/typescript/package.json",
];

/** What is left out: what only a build or a person reads, the compiler, other databases than PostgreSQL, and images, which no page resizes. */
const LEFT_OUT = [
  /^\.next\/server\/.*\.map$/,
  /^node_modules\/.*\.(map|d\.[cm]?ts|md)$/i,
  /^node_modules\/(@next\/swc-|@img\/|sharp\/|sharp$|@types\/|typescript$|next\/dist\/docs\/)/,
  /^node_modules\/@prisma\/client\/runtime\/query_compiler_.*\.(cockroachdb|mysql|sqlite|sqlserver)\./,
  /\.test\.(ts|mjs)$|\.d\.mts$|(^|\/)__pycache__(\/|$)/,
];

/**
 * Copies all that a running console needs into the new folder `target`, which can be read-only from then on: the builds, the packages that
 * aren't bundled, and the few files they read.
 */
export function packConsole(target: string, programs: string): void {
  if (existsSync(target) && readdirSync(target).length > 0) throw new SetupError(`${target} isn't empty: choose a new folder.`);
  // Makes the links that npm packages can't hold, and fails where they don't run.
  embeddedBinaries(null);
  for (const path of [...FILES, ".next", programs, PACKAGES_FOLDER, ...packagesToShip()]) copy(path, target);
  for (const stamp of [APP_STAMP, PACKAGES_STAMP, PROGRAMS_STAMP]) packStamp(stamp, join(target, stamp));
}

/** Those that the programs and Next load from node_modules, as installed here. */
function packagesToShip(): string[] {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: LockedPackages };
  const names = UNBUNDLED.flatMap((name) => (name.endsWith("/*") ? installedIn(name.slice(0, -2), packages) : [name]));
  return [...runtimePackages(packages, [...names, ...externalToPages(), "react", "react-dom"])].filter((path) => existsSync(path));
}

/** The installed dependencies of ours in a scope. */
function installedIn(scope: string, packages: LockedPackages): string[] {
  const { dependencies = {}, optionalDependencies = {} } = packages[""] ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => name.startsWith(`${scope}/`));
}

/** Next links what its pages don't bundle, under a name with a hash. */
function externalToPages(): string[] {
  const folder = ".next/node_modules";
  if (!existsSync(folder)) return [];
  const links = readdirSync(folder).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(folder, name)).map((one) => `${name}/${one}`) : [name],
  );
  return links.map((link) => link.replace(/-[0-9a-f]{16}$/, ""));
}

function copy(path: string, target: string): void {
  mkdirSync(join(target, dirname(path)), { recursive: true });
  const isBuildOnly = (source: string) => source.startsWith(".next/") && BUILD_ONLY.test(source.slice(".next/".length));
  const isShipped = (source: string) => !isBuildOnly(source) && !LEFT_OUT.some((pattern) => pattern.test(source));
  cpSync(path, join(target, path), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, filter: isShipped });
  if (!existsSync(join(target, path)) && statSync(path).isFile()) throw new SetupError(`${path} is needed to run and was left out.`);
}
