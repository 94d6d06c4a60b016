import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** The built files of JavaScript that a page's HTML loads, but for those that only browsers without modules do. */
export function scriptsOf(html: string): string[] {
  const scripts = html.replaceAll(/<script [^>]*noModule[^>]*>/gi, "");
  return [...new Set(scripts.match(/(?<=\/_next\/)static\/chunks\/[\w.~-]+\.js/g))];
}

/** Kilobytes of 1,000 bytes, compressed, of this checkout's build. */
export function compressedKilobytes(scripts: readonly string[]): number {
  return scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(".next", file))).length, 0) / 1000;
}
