import { CHOSEN, nameOf, RUNTIMES } from "@/sdk/typescript/tests/runtimes/installed-runtimes";
import type { Write } from "./run-logged";
import { sum, type TestResult } from "./test-counts";
import { vitestPart } from "./vitest-part";

const TESTS = "sdk/typescript/tests";
const PACKAGE = `${TESTS}/runtimes/`;
/** Their runners and stores are processes of the runtime. */
const DURABLE = [`${TESTS}/pending-store`, `${TESTS}/runner-kills`];

/** The TypeScript SDK in every runtime that it is for, which the npm registry has. */
export async function runtimesPart(write: Write): Promise<TestResult> {
  const results: TestResult[] = [];
  for (const runtime of RUNTIMES) {
    const name = nameOf(runtime);
    write(`${name}:\n`);
    const tested = await vitestPart("runtimes", write, "1/1", { [CHOSEN]: name }, runtime.sqlite ? [PACKAGE, ...DURABLE] : [PACKAGE]);
    const failures = (tested.failures ?? []).map(({ test, message }) => ({ test: `${name} › ${test}`, message }));
    results.push({ ...tested, failures });
  }
  return {
    ...sum(results),
    files: results.flatMap(({ files = [] }) => files),
    failures: results.flatMap(({ failures = [] }) => failures),
  };
}
