import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { ALWAYS_PACKED, type NpmArchive, npmArchive } from "./npm-archive";

/** What programs import as `daai`, `daai/ai-sdk` and so on. */
const ENTRIES = ["index", "ai-sdk", "langgraph", "mastra", "openai-agents", "pauses", "runner", "testing", "verify", "witness"];

interface Manifest {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/**
 * The package of the TypeScript SDK, as `npm pack` makes it from the same files: a module for each entry, modules of what entries share, with what
 * the SDK shares with the console and needs of zod bundled in, and the types of what programs see. The agent frameworks that adapters are for are
 * the program's own. The same bytes from the same sources.
 */
export async function makeTypeScriptPackage(folder: string): Promise<NpmArchive> {
  const { version, peerDependencies } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as Manifest;
  const frameworks = Object.keys(peerDependencies);
  const files = new Map<string, Uint8Array>(ALWAYS_PACKED.map((name) => [name, readFileSync(`${folder}/${name}`)]));
  for (const { path, contents } of await bundle(folder, frameworks)) files.set(`dist/${basename(path)}`, contents);
  for (const entry of ENTRIES) {
    for (const [name, text] of declarations(`${folder}/src`, entry, frameworks))
      files.set(`dist/${name}.d.ts`, new TextEncoder().encode(text));
  }
  return npmArchive(`daai-js-${version}.tgz`, files);
}

/** What entries share is one module, so that a client of `daai` is also one to `daai/testing`. */
async function bundle(folder: string, frameworks: string[]): Promise<{ readonly path: string; readonly contents: Uint8Array }[]> {
  const { outputFiles } = await build({
    entryPoints: ENTRIES.map((entry) => `${folder}/src/${entry}.ts`),
    outdir: "dist",
    chunkNames: "shared-[hash]",
    bundle: true,
    splitting: true,
    external: [...frameworks, "node:*"],
    format: "esm",
    target: "es2022",
    charset: "utf8",
    write: false,
    logLevel: "silent",
  });
  return outputFiles;
}

const IMPORT = /(from|import\() ?"([^"]+)"/g;

/** By module, those that the entry's types need. Each is written from its own source alone, which `isolatedDeclarations` allows. */
function declarations(folder: string, entry: string, frameworks: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.set(name, "");
    const text = declarationOf(`${folder}/${name}.ts`);
    const imported = [...text.matchAll(IMPORT)].map(([, , path = ""]) => path).filter((path) => !isOf(frameworks, path));
    const foreign = imported.find((path) => !/^\.\/[a-z-]+$/.test(path));
    if (foreign !== undefined) throw new Error(`The types of ${name}.ts need ${foreign}, which isn't in the package.`);
    // Node's resolution needs the file's extension.
    found.set(
      name,
      text.replaceAll(IMPORT, (all, before: string, path: string) => (imported.includes(path) ? `${before} "${path}.js"` : all)),
    );
    for (const path of imported) visit(path.slice(2));
  };
  visit(entry);
  return found;
}

function isOf(packages: readonly string[], path: string): boolean {
  return packages.some((name) => path === name || path.startsWith(`${name}/`));
}

function declarationOf(file: string): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(file, "utf8"), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, strict: true, declaration: true, isolatedDeclarations: true },
  });
  const [problem] = diagnostics;
  if (problem) throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`);
  return outputText;
}
