import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, test } from "vitest";
import * as daai from "../src/index";

const README = readFileSync("sdk/typescript/README.md", "utf8");
const SNIPPETS = [...README.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code = ""]) => code);
/** What the compiler finds in programs that import `daai`. */
function problemsIn(programs: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "daai-snippets-"));
  try {
    for (const [index, code] of programs.entries()) writeFileSync(join(folder, `${index}.ts`), `${code}\nexport {};\n`);
    const compilerOptions = {
      paths: { daai: [resolve("sdk/typescript/src/index.ts")], "@/*": [resolve("*")] },
      typeRoots: [resolve("node_modules/@types")],
      incremental: false,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: resolve("tsconfig.json"), compilerOptions, include: ["*.ts"] }));
    return spawnSync(process.execPath, ["node_modules/typescript-7/bin/tsc", "--noEmit", "-p", folder], { encoding: "utf8" }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the README", () => {
  it("has snippets that compile", () => {
    expect(problemsIn(SNIPPETS)).toBe("");
    expect(SNIPPETS.length).toBeGreaterThan(3);
    expect(problemsIn(['import { DaaiClient } from "daai";\nnew DaaiClient().propose();'])).toContain("propose");
  });

  it("names every error there is", () => {
    const errors = Object.keys(daai).filter((name) => /Error$|^Action|Timeout$|NotReported$/.test(name));
    expect(errors.filter((name) => !README.includes(name))).toEqual([]);
    expect(errors.length).toBe(23);
  });
});

test("every error says its name, so that minifying doesn't change it", () => {
  const source = ["errors", "action-errors"].map((file) => readFileSync(`sdk/typescript/src/${file}.ts`, "utf8")).join("");
  const classes = [...source.matchAll(/^export class (\w+) extends \w+ \{\n {2}override readonly name: string = "(\w+)";$/gm)];
  expect(classes.map(([, name, said]) => name === said)).toEqual(classes.map(() => true));
  expect(classes.length).toBe(source.match(/^export class /gm)?.length);
});
