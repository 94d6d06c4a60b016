import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { checkPython, runPytest } from "./python-checks";
import { pythonEnvironment } from "./python-environment";
import type { Write } from "./run-logged";
import { sum, type TestResult } from "./test-counts";

const packagesSchema = z.array(z.string());
/** By framework: the lowest and the newest versions that its adapter supports, and what only the tests need. */
const versionsSchema = z.record(z.string(), z.object({ lowest: packagesSchema, newest: packagesSchema, tests: packagesSchema }).strict());

/** The Python SDK's adapters, each with its real framework, in an environment for each version. */
export async function adaptersPart(write: Write): Promise<TestResult> {
  const versions = versionsSchema.parse(JSON.parse(readFileSync("sdk/python/tests/adapters/versions.json", "utf8")));
  const results: TestResult[] = [];
  for (const [framework, { lowest, newest, tests }] of Object.entries(versions)) {
    results.push(await testAdapter(write, framework, "lowest", [...lowest, ...tests]));
    results.push(await testAdapter(write, framework, "newest", [...newest, ...tests]));
  }
  return {
    ...sum(results),
    files: results.flatMap(({ files = [] }) => files),
    failures: results.flatMap(({ failures = [] }) => failures),
  };
}

async function testAdapter(write: Write, framework: string, end: "lowest" | "newest", packages: string[]): Promise<TestResult> {
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
