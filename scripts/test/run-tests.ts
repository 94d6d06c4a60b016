import { mkdirSync } from "node:fs";
import { SetupError } from "@/lib/setup-error";
import { buildApp } from "../build-app";
import { watchStopSignals } from "../watch-stop-signals";
import { e2ePart } from "./e2e-part";
import { lintPart } from "./lint-part";
import type { Write } from "./run-logged";
import { sdkPart } from "./sdk-part";
import { countsLine, sum, type TestCounts } from "./test-counts";
import { vitestPart } from "./vitest-part";

const PARTS = {
  lint: lintPart,
  unit: (write: Write) => vitestPart("unit", write),
  integration: (write: Write) => vitestPart("integration", write),
  sdk: sdkPart,
  e2e: e2ePart,
} satisfies Record<string, (write: Write) => Promise<TestCounts>>;

type PartName = keyof typeof PARTS;

/** Parts that run a built console. */
const NEEDS_BUILD: readonly PartName[] = ["integration", "sdk", "e2e"];
/**
 * Two lanes for two cores: what takes longest beside everything else. Browsers come last and alone: on a machine that is short
 * of time for them, they and the consoles they visit would only wait for each other.
 */
const ROUNDS: readonly (readonly (readonly PartName[])[])[] = [[["integration"], ["lint", "unit", "sdk"]], [["e2e"]]];

/**
 * Runs the named parts, or all, and ends the process: not with 0 when anything failed. The last line that it prints is
 * `total: N passed, N failed, N skipped`.
 */
export async function runTests(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !(name in PARTS));
  if (unknown)
    throw new SetupError(`There is no part ${unknown}: choose from ${Object.keys(PARTS).join(", ")}, or leave it out to run all.`);
  const isWanted = (name: PartName) => names.length === 0 || names.includes(name);
  mkdirSync(".build/test-results", { recursive: true });

  const stop = watchStopSignals();
  const rounds = ROUNDS.map((lanes) => lanes.map((lane) => lane.filter(isWanted)).filter((lane) => lane.length > 0));
  const wanted = rounds.flat(2);
  const build = wanted.some((name) => NEEDS_BUILD.includes(name)) ? buildApp((message) => console.log(message), stop) : Promise.resolve();
  const counts: TestCounts[] = [];
  for (const lanes of rounds) {
    counts.push(...(await Promise.all(lanes.map((lane) => runLane(lane, build, stop, lanes.flat().length === 1)))).flat());
  }

  const total = sum(counts);
  console.log(countsLine("total", total));
  process.exit(total.failed === 0 ? 0 : 1);
}

async function runLane(lane: readonly PartName[], build: Promise<void>, stop: AbortSignal, isAlone: boolean): Promise<TestCounts[]> {
  const counts: TestCounts[] = [];
  for (const name of lane) {
    // Whoever stops the tests does not want the next part; what was not run has not passed.
    if (stop.aborted) return [...counts, { passed: 0, failed: 1, skipped: 0 }];
    try {
      if (NEEDS_BUILD.includes(name)) await build;
      counts.push(await runPart(name, isAlone));
    } catch (error) {
      // The other parts still tell what they know.
      console.error(error instanceof SetupError ? `${name}: ${error.message}` : error);
      counts.push({ passed: 0, failed: 1, skipped: 0 });
    }
  }
  return counts;
}

/** Parts that run side by side keep their output until they are done, so that nothing is mixed. */
async function runPart(name: PartName, isAlone: boolean): Promise<TestCounts> {
  let output = "";
  const write: Write = (text) => (isAlone ? void process.stdout.write(text) : void (output += text));
  const startedAt = performance.now();
  try {
    const counts = await PARTS[name](write);
    write(`${countsLine(name, counts)} (${Math.round((performance.now() - startedAt) / 1000)} s)\n`);
    return counts;
  } finally {
    if (output) process.stdout.write(`\n── ${name} ──\n${output}`);
  }
}
