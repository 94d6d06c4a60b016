import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTar } from "@/lib/domain/log/tar-archive";
import { makeGatewayPackage } from "./make-gateway-package";
import type { NpmArchive } from "./npm-archive";

const scratch = mkdtempSync(join(tmpdir(), "daai-mcp-"));
const unpacked = join(scratch, "unpacked");
let made: NpmArchive;

const contentOf = (archive: Uint8Array) =>
  new Map([...(readTar(new Uint8Array(gunzipSync(archive))) ?? [])].map(([path, bytes]) => [path, Buffer.from(bytes).toString("utf8")]));

beforeAll(async () => {
  made = await makeGatewayPackage("sdk/gateway");
  for (const [path, bytes] of made.files) {
    mkdirSync(dirname(join(unpacked, path)), { recursive: true });
    writeFileSync(join(unpacked, path), bytes);
  }
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true }));

describe("the package of the MCP gateway", () => {
  it("has what npm packs from the same files", () => {
    execFileSync("npm", ["pack", "--silent", "--pack-destination", scratch], { cwd: unpacked });
    const packed = contentOf(readFileSync(join(scratch, "daai-mcp-0.1.0.tgz")));
    expect([...contentOf(made.bytes)].sort()).toEqual([...packed].sort());
  });

  it("is the same bytes every time", async () => {
    const again = await makeGatewayPackage("sdk/gateway");
    expect(Buffer.from(again.bytes).equals(made.bytes)).toBe(true);
  });

  it("is installed without an index, and runs", () => {
    writeFileSync(join(scratch, made.fileName), made.bytes);
    const app = join(scratch, "app");
    mkdirSync(app);
    const npm = [
      "install",
      "--offline",
      "--no-audit",
      "--no-fund",
      "--no-update-notifier",
      "--cache",
      join(scratch, "cache"),
      join(scratch, made.fileName),
    ];
    execFileSync("npm", npm, { cwd: app });
    expect(execFileSync(join(app, "node_modules/.bin/daai-mcp"), ["--version"], { encoding: "utf8" })).toBe("0.1.0\n");
    expect(execFileSync(join(app, "node_modules/.bin/daai-mcp"), ["--help"], { encoding: "utf8" })).toContain("daai-mcp serve");
  }, 60_000);

  it("has the license of every package inside", () => {
    const text = Buffer.from(made.files.get("dist/third-party-licenses.txt") ?? "").toString("utf8");
    for (const name of ["@modelcontextprotocol/client", "@modelcontextprotocol/server", "yaml", "zod"]) expect(text).toContain(`${name} `);
    expect(text).toContain("Apache License");
  });
});
