import { existsSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
import { runLogged, type Write } from "./run-logged";
import type { TestResult } from "./test-counts";

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    startTime: number;
    endTime: number;
    /** Why the file could not be loaded. */
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

/** One of the projects of vitest.config.ts, or a share of its files such as 1/2, or those whose paths have one of `only`. One process at a time. */
export async function vitestPart(
  project: "unit" | "integration" | "processes" | "sdk" | "adapters" | "runtimes" | "image" | "ha",
  write: Write,
  share = "1/1",
  env: Readonly<Record<string, string>> = {},
  only: readonly string[] = [],
): Promise<TestResult> {
  const report = `.build/test-results/${project}-${share.replace("/", "-of-")}.json`;
  rmSync(report, { force: true });
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    ...only,
    `--project=${project}`,
    `--shard=${share}`,
    "--maxWorkers=1",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const { code } = await runLogged(write, process.execPath, args, env);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  ) as VitestReport;
  // A file that cannot be loaded fails the run without a failed test.
  const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests;
  const files = testResults.map(({ name, startTime, endTime }) => ({
    name: relative(process.cwd(), name),
    seconds: (endTime - startTime) / 1000,
  }));
  const failures = testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const ofTests = assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => ({ test: `${file} › ${fullName}`, message: failureMessages.join("\n") }));
    return ofTests.length === 0 && message ? [{ test: file, message }] : ofTests;
  });
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests, files, failures };
}
