import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getPythonPackage } from "@/lib/packages/python-package";
import { createTestDatabase } from "@/lib/testing/database";
import { startTestServer } from "@/lib/testing/test-server";
import { buildProgramsOnce } from "@/scripts/prepare/load-program.mjs";
import { packConsole } from "./pack-console";

const folder = mkdtempSync(join(tmpdir(), "daai-packed-"));
beforeAll(async () => packConsole(folder, await buildProgramsOnce()));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every file with what would change if it were written. */
const looks = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((path) => {
      const { size, mtimeMs } = statSync(join(folder, path));
      return `${path} ${size} ${mtimeMs}`;
    });

it("a packed console serves from its folder, without sources, and writes nothing into it", async () => {
  const before = looks();
  const { url: databaseUrl } = await createTestDatabase();
  const server = await startTestServer({ databaseUrl, folder, env: { DAAI_METRICS_PORT: "" } });
  const { path } = getPythonPackage();
  for (const address of [
    "/",
    "/docs/self-hosting",
    "/docs/api",
    "/sign-up",
    "/verify",
    "/packages",
    path,
    "/packages/daai-js.tgz",
    "/api/openapi.json",
    "/api/ready",
  ])
    expect((await fetch(server.url + address)).status, address).toBe(200);
  expect(server.logs()).not.toMatch(/"level":"error"|Building/);
  await server.stop();
  expect(looks()).toEqual(before);
});

it("has neither sources nor what builds them", () => {
  const files = looks().map((line) => line.split(" ")[0] ?? "");
  expect(
    files.filter((path) => /^(app|components|lib)\/.*\.tsx?$|node_modules\/(esbuild|tsx|typescript|prisma)\/|@next\/swc-/.test(path)),
  ).toEqual([]);
});

it("has no trace of the path that its pages were built with", () => {
  const files = readdirSync(join(folder, ".next"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const traces = files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file, "latin1").includes("daai-base-path"));
  expect([files.length > 100, traces]).toEqual([true, []]);
});

it("isn't packed over something else", async () => {
  const other = mkdtempSync(join(tmpdir(), "daai-not-empty-"));
  writeFileSync(join(other, "file"), "");
  const programs = await buildProgramsOnce();
  expect(() => packConsole(other, programs)).toThrow("isn't empty");
  rmSync(other, { recursive: true });
});
