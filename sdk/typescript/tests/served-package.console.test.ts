import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

// The package that a console serves, installed from it.
const ADDRESS = `${process.env.DAAI_TEST_BASE_URL}/packages`;
const scratch = mkdtempSync(join(tmpdir(), "daai-js-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Not synchronous: connections to the console that end meanwhile must be noticed. */
const run = (program: string, args: readonly string[]) =>
  new Promise<{ failed: boolean; stdout: string; stderr: string }>((resolve) =>
    execFile(program, args, { cwd: scratch }, (error, stdout, stderr) => resolve({ failed: error !== null, stdout, stderr })),
  );
// A file that isn't what it should be would be fetched again, after ten seconds and after a minute.
const npm = (...args: string[]) =>
  run("npm", [...args, "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=0", "--cache", join(scratch, "cache")]);

test("is installed with one line, and listed with its hash", async () => {
  const { stderr, failed } = await npm("install", `${ADDRESS}/daai-js.tgz`);
  expect(failed, stderr).toBe(false);
  const program = 'import { DaaiClient } from "daai"; console.log(DaaiClient.name)';
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program]);
  expect(stdout).toBe("DaaiClient\n");
  const file = await fetch(`${ADDRESS}/daai-js.tgz`);
  const sha256 = createHash("sha256")
    .update(Buffer.from(await file.arrayBuffer()))
    .digest("hex");
  expect(file.url).toMatch(/\/packages\/daai-js-\d+\.\d+\.\d+\.tgz$/);
  expect(await (await fetch(ADDRESS)).text()).toContain(sha256);
}, 60_000);

test("another file under the same address is noticed", async () => {
  const lock = join(scratch, "package-lock.json");
  const wrong = readFileSync(lock, "utf8").replace(
    /"integrity": "sha512-[^"]*"/,
    `"integrity": "sha512-${Buffer.alloc(64).toString("base64")}"`,
  );
  writeFileSync(lock, wrong);
  expect((await npm("ci")).stderr).toContain("EINTEGRITY");
}, 60_000);

test("the name of another version tells which there is", async () => {
  const response = await fetch(`${ADDRESS}/daai-js-0.0.0.tgz`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("/packages/daai-js-");
});
