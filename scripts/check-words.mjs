// How the console speaks: words and spellings that people would not use. Prints one line for each; exits with 1 when there is one.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { register } from "tsx/esm/api";

register();
const { findWords } = await import("./words/find-words.ts");

const files = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter(Boolean);
let count = 0;
for (const path of files) {
  for (const { line, found, better } of findWords(path, readFileSync(path, "utf8"))) {
    count += 1;
    console.log(`${path}:${line}: ${found.replace(/\s+/g, " ")} → ${better}`);
  }
}
process.exit(count === 0 ? 0 : 1);
