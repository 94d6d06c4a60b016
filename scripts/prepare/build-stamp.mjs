import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";

const IS_NOT_SOURCE = /(\.test\.(tsx?|mjs)|^lib\/testing|^lib\/db\/generated)$/;
/** A file written so shortly before it was looked at may be written again within the same tick of the file system's clock. */
const TICK_MS = 2000;

/**
 * What a build is made of, as it is now. Files are read only when they look different from what the stamp at `path` says of them:
 * size and times are cheap to ask for, and a checkout that was only copied is not built again.
 */
export function readSources(path, sources) {
  const known = readStamp(path);
  const files = {};
  if (known?.isPacked) return { node: process.version, files };
  for (const file of sources.flatMap(filesIn).sort()) {
    const look = lookOf(file);
    const before = known?.files[file];
    const hash = look && before?.look === look ? before.hash : hashOf(file);
    files[file] = { look, hash };
  }
  return { node: process.version, files };
}

/** The product of the build whose stamp is at `path`, when it was made of exactly these sources; null otherwise. */
export function builtFrom(path, sources) {
  const stamp = readStamp(path);
  if (stamp?.isPacked) return stamp.product;
  if (!stamp || idOf(stamp) !== idOf(sources)) return null;
  if (Object.entries(sources.files).some(([file, { look }]) => look !== stamp.files[file].look))
    refresh(path, { ...sources, product: stamp.product });
  return stamp.product;
}

/** A name for what these sources are. */
export function idOf({ node, files }) {
  const hash = createHash("sha256").update(node);
  for (const [file, { hash: content }] of Object.entries(files)) hash.update(`\0${file}\0${content}`);
  return hash.digest("hex");
}

/** Call it when the product is whole, with the sources as they were before the build: what changed meanwhile is built next time. */
export function writeStamp(path, sources, product) {
  writeFileSync(`${path}.${process.pid}`, JSON.stringify({ ...sources, product }));
  renameSync(`${path}.${process.pid}`, path);
}

/** The stamp at `path`, copied to `target`: there the product is all there is, and always the newest. */
export function packStamp(path, target) {
  const { product } = readStamp(path);
  writeFileSync(target, JSON.stringify({ product, isPacked: true }));
}

/** The new looks save reading the files the next time; where nothing can be written, they are read. */
function refresh(path, { product, ...sources }) {
  try {
    writeStamp(path, sources, product);
  } catch (error) {
    if (!["EACCES", "EROFS", "EPERM", "ENOSPC"].includes(error.code)) throw error;
  }
}

function readStamp(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function filesIn(path) {
  if (!existsSync(path) || IS_NOT_SOURCE.test(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const name = `${path}/${entry.name}`;
    if (IS_NOT_SOURCE.test(name)) return [];
    return entry.isFile() ? [name] : filesIn(name);
  });
}

function lookOf(file) {
  const { size, mtimeMs, ctimeMs } = statSync(file);
  return Date.now() - Math.max(mtimeMs, ctimeMs) < TICK_MS ? "" : `${size} ${mtimeMs} ${ctimeMs}`;
}

function hashOf(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
