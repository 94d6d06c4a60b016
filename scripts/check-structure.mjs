// What no linter knows: how files are named, where they may be and how long they are. Prints one line for each mistake; exits with 1 when there is one.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const CODE = ["app", "components", "lib", "scripts", "bench", "e2e", "sdk/conformance", "sdk/gateway", "sdk/typescript"];
/** What programs import from outside: the only files that export what others define. */
const PUBLIC_ENTRIES = ["index", "runner", "testing"].map((name) => `sdk/typescript/src/${name}.ts`);
/** Names that packages give their files. */
const PACKAGE_FILES = new Set(["README.md", "CHANGELOG.md", "LICENSE"]);
const IGNORED = new Set(["node_modules", "generated", "__pycache__", ".ruff_cache", ".venv", "dist"]);

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;
/** Next's folders with a meaning: [id], [...rest], [[...rest]], (group), @slot, _private. */
const NEXT_FOLDER = /^(\[{1,2}(\.{3})?[a-zA-Z]+\]{1,2}|\([a-z-]+\)|@[a-z-]+|_[a-z-]+)$/;
/** Names that say nothing about what is inside. */
const WAREHOUSE = /^(index|utils?|helpers?|common|misc|types?|shared|services?|managers?)$/;
const APP_FILE =
  /^(page|layout|template|loading|error|global-error|not-found|default|route|icon|apple-icon|favicon|opengraph-image|robots|sitemap|manifest|globals)(\.(tsx?|mdx|css|svg|ico|png))$/;
const ONLY_RE_EXPORTS = /^(\s*export\s+(type\s+)?(\*|\{[^}]*\})(\s+as\s+\w+)?\s+from\s+["'][^"']+["'];?\s*)+$/;
const UNFINISHED = new RegExp(["TO" + "DO", "FIX" + "ME"].map((word) => `\\b${word}\\b`).join("|"));
const UNLINTED = new RegExp(["es", "ox"].map((name) => `\\b${name}lint-(disable|enable)`).join("|"));
/** A file with more lines than this has more than one subject. */
const MOST_LINES = 250;
const SOURCE = /\.(ts|tsx|mjs|py|sql)$/;
/** Migrations that were released are never edited, and `npm run sql` writes prisma/sql from them. */
const NOT_WRITTEN_HERE = /^prisma\/(migrations|sql)\//;
const TEXT = /\.(ts|tsx|mjs|css|mdx?|sql|prisma|py|toml|yml|sh)$/;

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (IGNORED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    yield { path, name: entry.name, isFolder: entry.isDirectory() };
    if (entry.isDirectory()) yield* walk(path);
  }
}
const mistakes = new Set();
const mistake = (path, text) => mistakes.add(`${path}: ${text}`);

function checkLength(path, text) {
  if (!SOURCE.test(path) || NOT_WRITTEN_HERE.test(path)) return;
  const lines = text.split("\n").length - 1;
  if (lines > MOST_LINES)
    mistake(path, `${lines} lines are more than ${MOST_LINES}: split it by subject, into files named after what is in them.`);
}

for (const folder of CODE.filter(existsSync)) {
  for (const { path, name, isFolder } of walk(folder)) {
    const inApp = folder === "app";
    if (PACKAGE_FILES.has(name) || PUBLIC_ENTRIES.includes(path)) continue;
    if (!KEBAB_CASE.test(name) && !(inApp && NEXT_FOLDER.test(name))) mistake(path, "names are in kebab-case.");
    if (WAREHOUSE.test(name.split(".")[0])) mistake(path, "name it after what is in it.");
    if (isFolder) continue;
    if (inApp && !APP_FILE.test(name)) mistake(path, "app holds Next's special files only; other code belongs in components or lib.");
    if (/\.spec\.tsx?$/.test(name) !== (folder === "e2e" && /\.spec\./.test(name)))
      mistake(path, "*.spec.ts is for browser tests in e2e; other tests are *.test.ts.");
    if (/\.(test|spec)\.(tsx?|mjs)$/.test(name) && inApp) mistake(path, "tests of pages belong beside the code in lib and components.");
    if (/\.tsx?$/.test(name) && ONLY_RE_EXPORTS.test(readFileSync(path, "utf8").replace(/\/\*[^]*?\*\/|\/\/.*$/gm, ""))) {
      mistake(path, "it only exports what others define: import from where it is.");
    }
  }
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
for (const path of Object.keys(packages)) {
  if (/node_modules\/.*node_modules\/@radix-ui\//.test(path))
    mistake("package-lock.json", `${path}: pages would load it twice; override what asks for another version.`);
}

for (const folder of [...CODE, "docs", "prisma", "sdk"].filter(existsSync)) {
  for (const { path, isFolder } of walk(folder)) {
    if (isFolder || !TEXT.test(basename(path))) continue;
    const text = readFileSync(path, "utf8");
    checkLength(path, text);
    if (UNFINISHED.test(text)) mistake(path, "finish it, or file an issue: no notes to self in the code.");
    if (UNLINTED.test(text)) mistake(path, "no comment turns a rule off: keep it, or change it for all.");
  }
}

for (const { name } of readdirSync(".", { withFileTypes: true }).filter((entry) => entry.isFile() && SOURCE.test(entry.name))) {
  checkLength(name, readFileSync(name, "utf8"));
}

for (const line of mistakes) console.error(line);
process.exit(mistakes.size === 0 ? 0 : 1);
