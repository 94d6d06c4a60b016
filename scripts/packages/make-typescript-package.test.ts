import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTar } from "@/lib/domain/log/tar-archive";
import { makeTypeScriptPackage, type TypeScriptPackage } from "./make-typescript-package";

const scratch = mkdtempSync(join(tmpdir(), "daai-js-"));
const installed = join(scratch, "app/node_modules/daai");
let made: TypeScriptPackage;

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

  it("is imported as daai, and needs nothing of Node", () => {
    const program = `import * as daai from "daai"; import { verifyReceipt } from "daai/verify";
      console.log(Object.keys(daai).includes("DaaiClient"), daai.VERSION, typeof verifyReceipt)`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: join(scratch, "app"), encoding: "utf8" });
    expect(output).toBe("true 0.1.0 function\n");
    for (const entry of ["index", "verify"])
      expect(readFileSync(join(installed, `dist/${entry}.js`), "utf8")).not.toMatch(/^import |\brequire\(|"node:/m);
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

  it("has types that strict programs compile with, as ES modules of Node or of a bundler", () => {
    const program =
      'import { DaaiClient, type Run } from "daai";\nexport { verifyReceipt } from "daai/verify";\nexport const run: Promise<Run> = new DaaiClient().status("id");\n';
    writeFileSync(join(scratch, "app/program.mts"), program);
    for (const [module, moduleResolution] of [
      ["nodenext", "nodenext"],
      ["esnext", "bundler"],
    ]) {
      const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--lib", "es2022,dom", "--types", ""];
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          resolve("node_modules/typescript-7/bin/tsc"),
          ...options,
          "--module",
          String(module),
          "--moduleResolution",
          String(moduleResolution),
          "program.mts",
        ],
        { cwd: join(scratch, "app"), encoding: "utf8" },
      );
      expect(stdout + stderr).toBe("");
      expect(status).toBe(0);
    }
  });
});
