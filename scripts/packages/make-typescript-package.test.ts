import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { build, transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTar } from "@/lib/domain/log/tar-archive";
import { makeTypeScriptPackage } from "./make-typescript-package";
import type { NpmArchive } from "./npm-archive";

const scratch = mkdtempSync(join(tmpdir(), "daai-js-"));
const installed = join(scratch, "app/node_modules/daai");
/** By entry, what it needs of Node and of the program's own packages. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  "langgraph.js": ["@langchain/core/messages", "@langchain/langgraph", "langchain"],
  "mastra.js": ["@mastra/core/tools", "node:async_hooks"],
  "openai-agents.js": ["@openai/agents", "@openai/agents/utils", "node:async_hooks"],
  "pauses.js": ["node:fs/promises", "node:path"],
};
let made: NpmArchive;

const contentOf = (archive: Uint8Array) =>
  new Map([...(readTar(new Uint8Array(gunzipSync(archive))) ?? [])].map(([path, bytes]) => [path, Buffer.from(bytes).toString("utf8")]));

beforeAll(async () => {
  made = await makeTypeScriptPackage("sdk/typescript");
  for (const [path, bytes] of made.files) {
    mkdirSync(dirname(join(installed, path)), { recursive: true });
    writeFileSync(join(installed, path), bytes);
  }
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true }));

/** The files that the page of the docs shows, as JavaScript. */
function filesOfPage(): string[] {
  const page = readFileSync("components/docs/content/testing.mdx", "utf8");
  return [...page.matchAll(/^```(?:ts|js) title="([\w.]+)"\n([^]*?)^```/gm)].map(([, name = "", code = ""]) => {
    const file = name.replace(/\.ts$/, ".js");
    writeFileSync(join(scratch, "app", file), transformSync(code, { loader: "ts" }).code);
    return file;
  });
}

describe("the package of the TypeScript SDK", () => {
  it("has what npm packs from the same files", () => {
    execFileSync("npm", ["pack", "--silent", "--pack-destination", scratch], { cwd: installed });
    const packed = contentOf(readFileSync(join(scratch, "daai-0.1.0.tgz")));
    const ours = contentOf(made.bytes);
    expect([...ours].sort()).toEqual([...packed].sort());
    expect([...ours.keys()]).toContain("package/dist/index.d.ts");
  });

  it("is the same bytes every time", async () => {
    const again = await makeTypeScriptPackage("sdk/typescript");
    expect(Buffer.from(again.bytes).equals(made.bytes)).toBe(true);
  });

  it("is imported as daai, and needs nothing of Node but for agent frameworks", () => {
    const program = `import * as daai from "daai"; import { verifyReceipt } from "daai/verify"; import { Witness } from "daai/witness"; import { FakeDaai } from "daai/testing";
      console.log(new FakeDaai().client() instanceof daai.DaaiClient, daai.VERSION, typeof verifyReceipt, typeof Witness)`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: join(scratch, "app"), encoding: "utf8" });
    expect(output).toBe("true 0.1.0 function function\n");
    const modules = readdirSync(join(installed, "dist")).filter((file) => file.endsWith(".js"));
    expect(modules).toEqual(expect.arrayContaining(["index.js", "runner.js", "testing.js", "verify.js", "witness.js"]));
    for (const file of modules) {
      const code = readFileSync(join(installed, "dist", file), "utf8");
      expect(code).not.toMatch(/\brequire\(/);
      const imported = [...code.matchAll(/(?:^import|\} from) "(.*)";$/gm)].map(([, path]) => path);
      const foreign = imported.filter((path) => !modules.includes(path?.replace("./shared-", "shared-") ?? ""));
      expect([...new Set(foreign)].sort()).toEqual(FOREIGN[file] ?? []);
    }
  });

  it("takes at most 12 KB of a program that has the client, compressed", async () => {
    const { outputFiles } = await build({
      stdin: { contents: 'import { DaaiClient } from "daai"; globalThis.client = new DaaiClient();', resolveDir: join(scratch, "app") },
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
    });
    expect(gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length).toBeLessThanOrEqual(12_000);
  });

  it("passes the tests of an agent that the docs show, with vitest and with Node's own runner", () => {
    const cwd = join(scratch, "app");
    symlinkSync(resolve("node_modules/vitest"), join(cwd, "node_modules/vitest"));
    writeFileSync(join(cwd, "package.json"), JSON.stringify({ type: "module" }));
    expect(filesOfPage()).toEqual(["agent.js", "agent.test.js", "agent.node.test.mjs"]);
    const run = (...args: string[]) =>
      spawnSync(process.execPath, args, { cwd, encoding: "utf8", env: { NODE_ENV: "test", PATH: process.env["PATH"] } });
    const vitest = run(resolve("node_modules/vitest/vitest.mjs"), "run", "agent.test.js", "--reporter=json");
    expect(JSON.parse(vitest.stdout), vitest.stderr).toMatchObject({ numPassedTests: 5, numFailedTests: 0 });
    const node = run("--test", "--test-reporter=tap", "agent.node.test.mjs");
    expect(node.stdout).toContain("# pass 1\n# fail 0");
  });

  describe("has types that strict programs compile with", () => {
    const compile = (file: string, [module, moduleResolution]: readonly [string, string], ...more: string[]) => {
      const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--lib", "es2022,dom", "--types", "", ...more];
      const tsc = resolve("node_modules/typescript-7/bin/tsc");
      const args = [tsc, ...options, "--module", module, "--moduleResolution", moduleResolution, file];
      const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: join(scratch, "app"), encoding: "utf8" });
      return stdout + stderr;
    };
    const WAYS = [
      ["nodenext", "nodenext"],
      ["esnext", "bundler"],
    ] as const;

    it.each(WAYS)("as modules of %s", (...way) => {
      const program =
        'import { DaaiClient, type Run } from "daai";\nimport { type CheckpointStore, Witness } from "daai/witness";\nexport const client = (checkpointStore: CheckpointStore): DaaiClient => new DaaiClient({ witness: new Witness({ checkpointStore }) });\nexport { verifyReceipt } from "daai/verify";\nexport { FakeDaai, approveAll } from "daai/testing";\nexport { Pauses } from "daai/pauses";\nexport { DaaiActionRunner, SQLitePendingStore, type PendingStore } from "daai/runner";\nexport const run: Promise<Run> = new DaaiClient().status("id");\n';
      writeFileSync(join(scratch, "app/program.mts"), program);
      expect(compile("program.mts", way)).toBe("");
    });

    it("with the packages of an agent framework", () => {
      const program = `
        import { Agent as MastraAgent } from "@mastra/core/agent";
        import { Agent } from "@openai/agents";
        import { DaaiClient } from "daai";
        import { daaiMiddleware } from "daai/langgraph";
        import { DaaiRunner as MastraRunner } from "daai/mastra";
        import { DaaiRunner } from "daai/openai-agents";
        import { createAgent } from "langchain";
        const [client, pauses] = [new DaaiClient(), new Map<string, string>()];
        const runner = new DaaiRunner(client, pauses);
        const echo = runner.tool({ name: "echo", description: "", parameters: undefined, execute: async (input) => input });
        const agent = new Agent({ name: "Echo", tools: [echo] });
        export const output: Promise<string | undefined> = runner.run(agent, "Go.").then((result) => result.finalOutput);
        const mastra = new MastraRunner(client, pauses);
        const look = mastra.tool({ id: "look", description: "", execute: async () => 1 });
        const seer = new MastraAgent({ id: "seer", name: "Seer", instructions: "", model: "openai/gpt", tools: { look } });
        export const text: Promise<string> = mastra.generate(seer, "Go.").then((result) => result.text);
        const middleware = daaiMiddleware(client, pauses);
        const graph = createAgent({ model: "openai:gpt", tools: [], middleware: [middleware] });
        export const count: Promise<number | undefined> = middleware.resume(graph, "id").then((result) => result?.messages.length);`;
      writeFileSync(join(scratch, "app/frameworks.mts"), program);
      for (const name of ["@mastra", "@openai", "@langchain", "langchain"]) {
        symlinkSync(resolve("node_modules", name), join(scratch, "app/node_modules", name));
      }
      // Theirs aren't checked.
      expect(compile("frameworks.mts", WAYS[0], "--skipLibCheck")).toBe("");
    });
  });
});
