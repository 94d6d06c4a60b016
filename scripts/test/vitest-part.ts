import { existsSync, readFileSync, rmSync } from "node:fs";
import { runLogged, type Write } from "./run-logged";
import type { TestCounts } from "./test-counts";

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

/** One of the projects of vitest.config.ts. */
export async function vitestPart(project: "unit" | "integration", write: Write): Promise<TestCounts> {
  const report = `.build/test-results/${project}.json`;
  rmSync(report, { force: true });
  const { code } = await runLogged(write, process.execPath, [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, "utf8")) as VitestReport;
  // A file that cannot be loaded fails the run without a failed test.
  const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests;
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}
