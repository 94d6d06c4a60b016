import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findBrowser } from "./find-browser";
import { pythonEnvironment, SDK_TESTS } from "./python-environment";
import { runLogged, type Write } from "./run-logged";
import { NONE, type TestCounts } from "./test-counts";

const REPORT = resolve(".build/test-results/e2e.json");

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** The browser tests: e2e/*.spec.ts. A test that passed only at a second try counts as failed. */
export async function e2ePart(write: Write): Promise<TestCounts> {
  const hasSpecs = existsSync("e2e") && readdirSync("e2e", { recursive: true }).some((name) => String(name).endsWith(".spec.ts"));
  if (!hasSpecs) {
    write("There are no browser tests.\n");
    return NONE;
  }
  await findBrowser(write);
  // The journeys run real programs with the SDK.
  const python = join(await pythonEnvironment(write, SDK_TESTS), "python");
  const { code } = await runLogged(write, process.execPath, ["node_modules/@playwright/test/cli.js", "test", "--reporter=line,json"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: REPORT,
    DAAI_TEST_PYTHON: python,
  });
  if (!existsSync(REPORT)) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = (JSON.parse(readFileSync(REPORT, "utf8")) as PlaywrightReport).stats;
  return { passed: expected, failed: Math.max(unexpected + flaky, code === 0 ? 0 : 1), skipped };
}
