import { readFileSync, rmSync } from "node:fs";
import { runLogged, type Write } from "./run-logged";
import type { TestCounts, TestResult } from "./test-counts";

/** A tool that passes or fails as a whole, on the Python SDK. */
export async function checkPython(write: Write, name: string, command: string, args: string[]): Promise<TestCounts> {
  const { code } = await runLogged(write, command, args, {}, "sdk/python");
  write(`${code === 0 ? "✓" : "✗"} ${name}\n`);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** pytest on the Python SDK. `report` is where it writes its results, as an absolute path. */
export async function runPytest(
  write: Write,
  python: string,
  report: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<TestResult> {
  rmSync(report, { force: true });
  const { code, output } = await runLogged(write, python, ["-m", "pytest", "-q", `--junitxml=${report}`, ...args], env, "sdk/python");
  return readResult(report, code, output);
}

/** pytest's JUnit report: the first element has the sums. */
function readResult(file: string, exitCode: number, output: string): TestResult {
  const report = readFileSync(file, "utf8");
  const suite = /<testsuite [^>]*>/.exec(report)?.[0] ?? "";
  const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const bad = count("failures") + count("errors");
  const failed = bad === 0 && exitCode !== 0 ? 1 : bad;
  const files = [...report.matchAll(/<testcase classname="([\w.]+)"[^>]* time="([\d.]+)"/g)].map(([, module = "", seconds]) => ({
    name: `sdk/python/${module.replaceAll(".", "/")}.py`,
    seconds: Number(seconds),
  }));
  // The last lines of the output: `FAILED tests/test_client.py::test_name - the message`.
  const failures = [...output.matchAll(/^(?:FAILED|ERROR) (\S+)(?: - (.*))?$/gm)].map(([, test = "", message = ""]) => ({
    test: `sdk/python/${test}`,
    message,
  }));
  return { passed: count("tests") - bad - count("skipped"), failed, skipped: count("skipped"), files, failures };
}
