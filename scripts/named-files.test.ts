import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const FOLDERS = [
  "app",
  "components",
  "lib",
  "scripts",
  "bench",
  "e2e",
  "prisma",
  "docs",
  "sdk/python/src",
  "sdk/gateway/src",
  "sdk/typescript/src",
];
const FILES = [
  ...readdirSync("."),
  ...FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`)),
].map((path) => `/${path}`);

/** What stands as code in the text and looks like a file: whole paths, and ends of paths. */
function namedFiles(text: string): string[] {
  const code = [...text.matchAll(/`([^`\n]+)`/g)].map(([, words]) => words ?? "");
  return code.filter((words) => /^[\w./()[\]-]+\.(ts|tsx|mjs|mdx|sql|prisma|py)$/.test(words) && !/^\.|\*|…/.test(words));
}

describe("files that the documents for developers name", () => {
  it.each(["docs/architecture.md", "CONTRIBUTING.md"])("are there: %s", (document) => {
    const named = namedFiles(readFileSync(document, "utf8"));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !FILES.some((file) => file.endsWith(`/${name}`)))).toEqual([]);
  });
});
