import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { findBrowser } from "./find-browser";
import { pythonEnvironment, SDK_TESTS } from "./python-environment";
import { runLogged, type Write } from "./run-logged";
import type { TestFailure, TestFile, TestResult } from "./test-counts";

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
  /** What failed outside of tests, such as the end of a console. */
  errors: { message?: string }[];
}

interface PlaywrightSuite {
  file: string;
  suites?: PlaywrightSuite[];
  specs: { title: string; ok: boolean; tests: { results: { duration: number; errors: { message?: string }[] }[] }[] }[];
}

/** A share, such as 1/3, of the browser tests: e2e/*.spec.ts. A test that passed only at a second try counts as failed. */
export async function e2ePart(write: Write, share: string): Promise<TestResult> {
  await findBrowser(write);
  // The journeys run real programs with the SDK.
  const python = join(await pythonEnvironment(write, SDK_TESTS), "python");
  const place = `.build/test-results/e2e-${share.replace("/", "-of-")}`;
  const report = resolve(`${place}.json`);
  rmSync(report, { force: true });
  const args = ["test", `--shard=${share}`, "--workers=1", `--output=${place}`, "--reporter=line,json"];
  const { code } = await runLogged(write, process.execPath, ["node_modules/@playwright/test/cli.js", ...args], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    DAAI_TEST_PYTHON: python,
  });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats, suites, errors } = JSON.parse(readFileSync(report, "utf8")) as PlaywrightReport;
  const { expected, unexpected, flaky, skipped } = stats;
  const failed = Math.max(unexpected + flaky, code === 0 ? 0 : 1);
  const outside = errors.map(({ message = "" }) => ({ test: `e2e ${share}, outside of its tests`, message }));
  return { passed: expected, failed, skipped, files: suites.flatMap(filesOf), failures: [...suites.flatMap(failuresOf), ...outside] };
}

function failuresOf({ file, suites = [], specs }: PlaywrightSuite): TestFailure[] {
  const failures = specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => {
      const messages = tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message }) => message ?? "")));
      return { test: `e2e/${file} › ${title}`, message: messages.join("\n") };
    });
  return [...failures, ...suites.flatMap(failuresOf)];
}

function filesOf({ file, suites = [], specs }: PlaywrightSuite): TestFile[] {
  const durations = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results.map(({ duration }) => duration)));
  return [{ name: `e2e/${file}`, seconds: durations.reduce((a, b) => a + b, 0) / 1000 }, ...suites.flatMap(filesOf)];
}
