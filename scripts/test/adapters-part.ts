import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { SetupError } from "@/lib/errors/setup-error";
import { checkPython, runPytest } from "./python-checks";
import { pythonEnvironment } from "./python-environment";
import { runLogged, type Write } from "./run-logged";
import { sum, type TestResult } from "./test-counts";
import { vitestPart } from "./vitest-part";

const packagesSchema = z.array(z.string());
/** By framework: the lowest and the newest versions that its adapter supports, and what only the tests need. */
const versionsSchema = z.record(z.string(), z.object({ lowest: packagesSchema, newest: packagesSchema, tests: packagesSchema }).strict());
/** By adapter of the TypeScript SDK: the lowest versions that it supports. The newest ones are the console's own packages, for `npm test`. */
const lowestSchema = z.record(z.string(), packagesSchema);

/** The SDKs' adapters, each with its real framework, in an environment for each version. */
export async function adaptersPart(write: Write): Promise<TestResult> {
  const versions = versionsSchema.parse(JSON.parse(readFileSync("sdk/python/tests/adapters/versions.json", "utf8")));
  const results: TestResult[] = [];
  for (const [framework, { lowest, newest, tests }] of Object.entries(versions)) {
    results.push(await testInPython(write, framework, "lowest", [...lowest, ...tests]));
    results.push(await testInPython(write, framework, "newest", [...newest, ...tests]));
  }
  const inTypeScript = lowestSchema.parse(JSON.parse(readFileSync("sdk/typescript/tests/lowest-versions.json", "utf8")));
  for (const [adapter, packages] of Object.entries(inTypeScript)) results.push(await testInTypeScript(write, adapter, packages));
  return {
    ...sum(results),
    files: results.flatMap(({ files = [] }) => files),
    failures: results.flatMap(({ failures = [] }) => failures),
  };
}

async function testInPython(write: Write, framework: string, end: "lowest" | "newest", packages: string[]): Promise<TestResult> {
  const bin = await pythonEnvironment(write, {
    folder: `.build/adapters/${framework}-${end}`,
    requirement: "sdk/python[dev]",
    packages,
    purpose: `the adapter's tests with ${packages.join(", ")}`,
  });
  write(`${packages.join(", ")}:\n`);
  const files = readdirSync("sdk/python/tests/adapters").sort();
  const tests = files.filter((name) => name.startsWith(`test_${framework}`)).map((name) => `tests/adapters/${name}`);
  // What an old framework says about its own dependencies is nothing that we could change.
  const args = end === "lowest" ? ["-W", "default", ...tests] : tests;
  const report = resolve(`.build/test-results/adapters-${framework}-${end}.xml`);
  const tested = await runPytest(write, join(bin, "python"), report, args);
  if (end === "lowest") return tested;
  const mypy = await checkPython(write, "mypy", join(bin, "mypy"), [`src/daai/adapters/${framework}.py`, ...tests]);
  return { ...tested, ...sum([tested, mypy]) };
}

async function testInTypeScript(write: Write, adapter: string, packages: string[]): Promise<TestResult> {
  const folder = resolve(`.build/adapters/${adapter}-js-lowest`);
  await installPackages(write, folder, packages);
  write(`${packages.join(", ")}:\n`);
  return vitestPart("adapters", write, "1/1", { DAAI_TEST_PACKAGES: folder }, [`sdk/typescript/tests/${adapter}`]);
}

/** Throws a SetupError. */
async function installPackages(write: Write, folder: string, packages: readonly string[]): Promise<void> {
  const stamp = join(folder, "installed");
  const wanted = packages.join(" ");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  write(`Installing ${packages.join(", ")} …\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  const { code } = await runLogged(write, "npm", ["install", "--prefix", folder, ...quiet, ...packages]);
  if (code !== 0) throw new SetupError(`npm could not install ${packages.join(", ")}; its reason stands above.`);
  writeFileSync(stamp, wanted);
}
