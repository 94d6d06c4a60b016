// How the console speaks: words and spellings that people would not use. Prints one line for each; exits with 1 when there is one.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { register } from "tsx/esm/api";

register();
const { findWords } = await import("./words/find-words.ts");

const FOLDERS = ["app", "components", "lib", "scripts", "bench", "e2e", "docs", "prisma", "sdk"];
const IGNORED = new Set(["node_modules", "generated", "__pycache__", ".ruff_cache", ".venv", "dist"]);

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && !IGNORED.has(entry.name)) yield* filesIn(path);
  }
}

const rootFiles = readdirSync(".", { withFileTypes: true }).filter((entry) => entry.isFile());
let count = 0;
for (const path of [...rootFiles.map(({ name }) => name), ...FOLDERS.flatMap((folder) => [...filesIn(folder)])]) {
  for (const { line, found, better } of findWords(path, readFileSync(path, "utf8"))) {
    count += 1;
    console.log(`${path}:${line}: ${found.replace(/\s+/g, " ")} → ${better}`);
  }
}
process.exit(count === 0 ? 0 : 1);
