import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { ADDRESS } from "./test-console";

const scratch = mkdtempSync(join(tmpdir(), "daai-mcp-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const run = promisify(execFile);

test("the gateway is installed from the console with one line, runs, and is listed with its hash", async () => {
  const options = ["--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=0", "--cache", join(scratch, "cache")];
  await run("npm", ["install", `${ADDRESS}/packages/daai-mcp.tgz`, ...options], { cwd: scratch });
  const { stdout } = await run("npx", ["daai-mcp", "--version"], { cwd: scratch });
  expect(stdout).toBe("0.1.0\n");
  const file = await fetch(`${ADDRESS}/packages/daai-mcp.tgz`);
  const sha256 = createHash("sha256")
    .update(Buffer.from(await file.arrayBuffer()))
    .digest("hex");
  expect(await (await fetch(`${ADDRESS}/packages`)).text()).toContain(sha256);
}, 120_000);
