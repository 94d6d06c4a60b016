import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, describe, expect, it, test, vi } from "vitest";
import { FIRST_ACTION, javascriptSnippet } from "@/lib/words/setup-snippets";
import * as daai from "../src/index";
import { filesOfPage } from "./adapter-page";
import { bundle } from "./bundle";
import { approve, fakeConsole } from "./fake-console";

const README = readFileSync("sdk/typescript/README.md", "utf8");
const PAGE = readFileSync("components/docs/content/typescript-sdk.mdx", "utf8");
const AI_SDK = readFileSync("components/docs/content/ai-sdk.mdx", "utf8");
const SNIPPETS = [...`${README}\n${PAGE}\n${AI_SDK}`.matchAll(/^```ts[^\n]*\n([^]*?)^```/gm)].map(([, code = ""]) => code);
/** The pages whose programs are played with a real console, with the types of what the reader has. */
const ADAPTERS = [
  {
    page: "langgraph-js",
    adapter: "langgraph",
    files: ["agent", "ask", "receive", "resume", "graph"],
    myApp: `
      import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
      import type { BaseCheckpointSaver } from "@langchain/langgraph";
      export declare const model: BaseChatModel;
      export declare const checkpointer: BaseCheckpointSaver;
      export declare function refundOrder(order: string, amount: number): Promise<string>;`,
  },
  {
    page: "mastra",
    adapter: "mastra",
    files: ["agent", "ask", "receive", "resume"],
    myApp: `
      import type { MastraLanguageModel } from "@mastra/core/agent";
      import type { MastraCompositeStore } from "@mastra/core/storage";
      export declare const model: MastraLanguageModel;
      export declare const storage: MastraCompositeStore;
      export declare function refundOrder(order: string, amount: number): Promise<string>;`,
  },
  {
    page: "openai-agents-js",
    adapter: "openai-agents",
    files: ["agent", "ask", "receive", "resume"],
    myApp: `
      import type { Model } from "@openai/agents";
      export declare const model: Model;
      export declare function refundOrder(order: string, amount: number): Promise<string>;`,
  },
];

const scratch = mkdtempSync(join(tmpdir(), "daai-snippets-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** What the compiler finds in programs that import `daai`, by their names. */
function problemsIn(programs: Iterable<readonly [number | string, string]>): string {
  const folder = mkdtempSync(join(scratch, "compiled-"));
  for (const [name, code] of programs) writeFileSync(join(folder, `${name}.ts`), `${code}\nexport {};\n`);
  const paths = {
    daai: [resolve("sdk/typescript/src/index.ts")],
    "daai/ai-sdk": [resolve("sdk/typescript/src/ai-sdk.ts")],
    "daai/langgraph": [resolve("sdk/typescript/src/langgraph.ts")],
    "daai/mastra": [resolve("sdk/typescript/src/mastra.ts")],
    "daai/openai-agents": [resolve("sdk/typescript/src/openai-agents.ts")],
    "daai/pauses": [resolve("sdk/typescript/src/pauses.ts")],
    "daai/runner": [resolve("sdk/typescript/src/runner.ts")],
    "daai/testing": [resolve("sdk/typescript/src/testing.ts")],
    "daai/verify": [resolve("sdk/typescript/src/verify.ts")],
    "daai/witness": [resolve("sdk/typescript/src/witness.ts")],
    "@/*": [resolve("*")],
    "@langchain/*": [resolve("node_modules/@langchain/*")],
    langchain: [resolve("node_modules/langchain")],
    "@mastra/*": [resolve("node_modules/@mastra/*")],
    "@openai/agents": [resolve("node_modules/@openai/agents")],
    standardwebhooks: [resolve("node_modules/standardwebhooks")],
    ai: [resolve("node_modules/ai")],
    zod: [resolve("node_modules/zod")],
  };
  const compilerOptions = {
    paths,
    typeRoots: [resolve("node_modules/@types")],
    noPropertyAccessFromIndexSignature: false,
    incremental: false,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: resolve("tsconfig.json"), compilerOptions, include: ["*.ts"] }));
  return spawnSync(process.execPath, ["node_modules/typescript-7/bin/tsc", "--noEmit", "-p", folder], { encoding: "utf8" }).stdout;
}

let programs = 0;
/** Runs a program that imports `daai` in this process, and returns what it prints. */
async function run(program: string, fetch: typeof globalThis.fetch): Promise<string[]> {
  vi.stubGlobal("fetch", fetch);
  vi.stubEnv("DAAI_API_KEY", "daai_sk_a");
  vi.stubEnv("DAAI_WORKSPACE_KEY", "daai_wk_b");
  const printed: string[] = [];
  vi.spyOn(console, "log").mockImplementation((...values: unknown[]) => void printed.push(values.join(" ")));
  programs += 1;
  const file = join(scratch, `${programs}.mjs`);
  writeFileSync(file, await bundle(program));
  await import(/* @vite-ignore */ pathToFileURL(file).href);
  return printed;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("what the README and the documentation show", () => {
  it("compiles", () => {
    expect(problemsIn(SNIPPETS.entries())).toBe("");
    expect(SNIPPETS.length).toBeGreaterThan(10);
    expect(problemsIn([["wrong", 'import { DaaiClient } from "daai";\nnew DaaiClient().propose();']])).toContain("propose");
  });

  it("compiles, about the runner", () => {
    const files = ["action-runner", "webhooks"].flatMap((page) => [...filesOfPage(page)]);
    expect(files.map(([name]) => name)).toEqual(["propose.ts", "runner.ts", "watch.ts", "receive.ts", "woken.ts"]);
    expect(problemsIn(files.map(([name, code]) => [name.replace(".ts", ""), code] as const))).toBe("");
  });

  it("compiles, about witnesses", () => {
    expect(problemsIn([...filesOfPage("receipts").values()].entries())).toBe("");
    expect([...filesOfPage("receipts").keys()]).toEqual(["witness.ts"]);
  });

  it.each(ADAPTERS)("compiles, about $page", ({ page, files: names, myApp }) => {
    const files = [...filesOfPage(page)].map(([name, code]) => [name.replace(".ts", ""), code] as const);
    expect(files.map(([name]) => name)).toEqual(names);
    expect(problemsIn([...files, ["my-app", myApp]])).toBe("");
  });

  it.each(ADAPTERS)("says which versions are supported, about $page", ({ page, adapter }) => {
    const text = readFileSync(`components/docs/content/${page}.mdx`, "utf8");
    const json = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;
    const lowest = json<Record<string, string[]>>("sdk/typescript/tests/lowest-versions.json")[adapter] ?? [];
    const { devDependencies } = json<{ devDependencies: Record<string, string> }>("package.json");
    const { peerDependencies } = json<{ peerDependencies: Record<string, string> }>("sdk/typescript/package.json");
    const packages = lowest.map((requirement) => /^(.+)@(.+)$/.exec(requirement) ?? []).filter(([, name = ""]) => name in peerDependencies);
    expect(packages.length).toBeGreaterThan(0);
    for (const [, name = "", version = ""] of packages) {
      expect(text).toContain(version);
      expect(text).toContain(devDependencies[name]);
      expect(peerDependencies[name]).toBe(`>=${version}`);
    }
  });

  const runnable = SNIPPETS.filter((code) => !/export |daai\/testing/.test(code));
  it.each(runnable.map((code, index) => [index + 1, code] as const))("runs, when an approver says yes (%i)", async (_, code) => {
    const console = fakeConsole({ threshold: 500, decide: approve });
    const printed = await run(code, console.fetch);
    expect(console.requests.length).toBeGreaterThan(0);
    expect(printed.join("\n")).not.toMatch(/undefined|no:|not yet|not reported/);
    // Whatever was claimed was reported.
    expect(console.runs.filter(({ claim, report }) => claim !== null && report === null)).toEqual([]);
  });
});

test("the test of an agent in the README passes, and asks no console", async () => {
  const [code = ""] = SNIPPETS.filter((snippet) => snippet.includes("daai/testing"));
  const fetch = vi.fn<typeof globalThis.fetch>();
  expect(await run(code, fetch)).toEqual(["refunded 80", "executed"]);
  expect(fetch).not.toHaveBeenCalled();
});

test("the first program of the Setup page waits for a person, runs once and reports", async () => {
  const fake = fakeConsole({ threshold: 500, decide: approve });
  const printed = await run(javascriptSnippet(FIRST_ACTION), fake.fetch);
  expect(printed.map((line) => line.split(" ")[0])).toEqual([fake.runs[0]?.id, "Decide", "running", "executed"]);
  expect(fake.runs).toMatchObject([{ execution: "executed", report: { execution_result: { done: true } } }]);
  const again = await run(javascriptSnippet(FIRST_ACTION), fake.fetch);
  expect(again.at(-1)).toContain("Already executed and reported.");
  expect(fake.runs.length).toBe(1);
});

test("the README names every error there is", () => {
  const errors = Object.keys(daai).filter((name) => /Error$|^Action|Timeout$|NotReported$|Tampered$/.test(name));
  expect(errors.filter((name) => !README.includes(name))).toEqual([]);
  expect(errors.length).toBe(25);
});

test("every error says its name, so that minifying doesn't change it", () => {
  const source = ["errors", "action-errors"].map((file) => readFileSync(`sdk/typescript/src/${file}.ts`, "utf8")).join("");
  const classes = [...source.matchAll(/^export class (\w+) extends \w+ \{\n {2}override readonly name: string = "(\w+)";$/gm)];
  expect(classes.filter(([, name, said]) => name !== said)).toEqual([]);
  expect(classes.length).toBe(source.match(/^export class /gm)?.length);
});
