import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { SetupError } from "@/lib/errors/setup-error";

const BUILD = ".next";
const COPIES = ".build/below-path";
const PLACES = "base-path-places.json";
/** What only a build needs of `.next`. */
export const BUILD_ONLY = /^(cache|diagnostics|trace|trace-build|types)(\/|$)/;

/** Where the path belongs in each file of the build: positions in bytes. */
type Places = Record<string, number[]>;

/**
 * After `next build`: takes the path that next.config.mjs built the pages with out of them, and notes where it was. What remains is what
 * Next builds for a console without a path.
 */
export function takeOutBasePath(): void {
  const manifest = join(BUILD, "routes-manifest.json");
  const { basePath, redirects, ...rest } = JSON.parse(readFileSync(manifest, "utf8")) as Manifest;
  // It takes the slash off the start page's address, which would be left without anything. The console's own server does that.
  writeFileSync(manifest, JSON.stringify({ basePath, redirects: redirects.filter(({ source }) => source !== `${basePath}/`), ...rest }));
  rmSync(COPIES, { recursive: true, force: true });
  const places: Places = {};
  for (const file of servedFiles().filter((path) => !lstatSync(join(BUILD, path)).isSymbolicLink())) {
    const { text, at } = withoutPath(readFileSync(join(BUILD, file), "latin1"), basePath);
    if (at.length === 0) continue;
    places[file] = at;
    writeFileSync(join(BUILD, file), text, "latin1");
  }
  writeFileSync(join(BUILD, PLACES), JSON.stringify(places));
}

interface Manifest {
  readonly basePath: string;
  readonly redirects: readonly { readonly source: string }[];
}

/** The folder from which Next serves the built pages below `basePath`: a copy of them with the path in it, made at the first start. */
export function placeBasePath(basePath: string): string {
  const name = `${readFileSync(join(BUILD, "BUILD_ID"), "utf8")}${basePath.replaceAll("/", "+")}`;
  const folder = join(folderForCopies(), name);
  const files = servedFiles();
  const isPlaced = (file: string) => existsSync(join(folder, BUILD, file));
  if (files.every(isPlaced)) return folder;
  // Temporary directories are cleaned file by file.
  rmSync(folder, { recursive: true, force: true });
  const made = mkdtempSync(`${folder}-`);
  const places = JSON.parse(readFileSync(join(BUILD, PLACES), "utf8")) as Places;
  for (const file of files) {
    const [from, to] = [join(BUILD, file), join(made, BUILD, file)];
    mkdirSync(dirname(to), { recursive: true });
    const at = places[file];
    if (at === undefined) cpSync(from, to, { verbatimSymlinks: true });
    else writeFileSync(to, withPath(readFileSync(from, "latin1"), at, basePath), "latin1");
  }
  for (const shared of ["public", "node_modules"]) symlinkSync(resolve(shared), join(made, shared));
  try {
    renameSync(made, folder);
  } catch (error) {
    // Another start was sooner.
    if (!files.every(isPlaced)) throw error;
    rmSync(made, { recursive: true });
  }
  return folder;
}

/** The text without the path, and where it was in what remains. */
export function withoutPath(text: string, basePath: string): { text: string; at: number[] } {
  // In patterns, a slash has backslashes in front of it, which a pattern made from a text doesn't need.
  const pieces = text.split(new RegExp(`\\\\*${basePath}(?![\\w-])`));
  const at: number[] = [];
  for (const piece of pieces.slice(0, -1)) at.push((at.at(-1) ?? 0) + piece.length);
  return { text: pieces.join(""), at };
}

/** The way back, with any path. */
export function withPath(text: string, at: readonly number[], basePath: string): string {
  return [0, ...at].map((start, index) => text.slice(start, at[index])).join(basePath);
}

/** Beside the build. An image's files are read-only: there, a folder in the temporary directory that nobody else can write to. */
function folderForCopies(): string {
  try {
    mkdirSync(COPIES, { recursive: true });
    accessSync(COPIES, constants.W_OK);
    return resolve(COPIES);
  } catch (error) {
    if (!["EACCES", "EROFS", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  const own = join(tmpdir(), `daai-pages-${process.getuid?.()}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(own);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) throw new SetupError(`${own} can be written by another account: remove it.`);
  return own;
}

/** The build's files and links, as paths within it. */
function servedFiles(folder = BUILD): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const place = relative(BUILD, path);
    if (BUILD_ONLY.test(place) || place.endsWith(".map")) return [];
    return entry.isDirectory() ? servedFiles(path) : [place];
  });
}
