import { mkdirSync } from "node:fs";
import { SetupError } from "@/lib/errors/setup-error";
import { buildApp } from "@/scripts/console/build-app";
import { watchStopSignals } from "@/scripts/console/watch-stop-signals";
import { describeFailures } from "./failures";
import { inTurn } from "./in-turn";
import { JOBS, type Job, PARTS, type PartName } from "./jobs";
import type { Write } from "./run-logged";
import { countsLine, sum, type TestResult } from "./test-counts";
import { describeTimes } from "./times";

/** Jobs at a time: one more than the cores that every machine has, since a job waits now and then, for a process to start or a lease to end. */
const LANES = 3;

interface Done extends TestResult {
  readonly part: PartName;
  readonly name: string;
  readonly seconds: number;
}

/**
 * Runs the named parts, or all that aren't run only by name, and ends the process: not with 0 when anything failed. The last line that it prints is
 * `total: N passed, N failed, N skipped`.
 */
export async function runTests(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !PARTS.some((part) => part === name));
  if (unknown) throw new SetupError(`There is no part ${unknown}: choose from ${PARTS.join(", ")}, or leave it out to run all.`);
  const queue = JOBS.filter(({ part, isOnlyWhenNamed }) => (names.length === 0 ? !isOnlyWhenNamed : names.includes(part)));
  mkdirSync(".build/test-results", { recursive: true });

  const stop = watchStopSignals();
  const build = queue.some(({ needsBuild }) => needsBuild) ? buildApp((message) => console.log(message), stop) : Promise.resolve();
  // Who needs it hears of it.
  build.catch(() => {});
  const speak = inTurn((text) => process.stdout.write(text));
  const done: Done[] = [];
  const lane = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const speaker = speak();
      // Whoever stops the tests does not want the next job; what was not run has not passed.
      const result = stop.aborted ? { part: job.part, name: job.name, ...FAILED, seconds: 0 } : await runJob(job, build, speaker.write);
      done.push(result);
      speaker.done();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));

  process.stdout.write(describeFailures(done.flatMap(({ failures = [] }) => failures)));
  process.stdout.write(
    `\n${describeTimes(
      done,
      done.flatMap(({ files = [] }) => files),
    )}`,
  );
  for (const part of PARTS) {
    const ofPart = done.filter((one) => one.part === part);
    if (ofPart.length > 0) console.log(countsLine(part, sum(ofPart)));
  }
  const total = sum(done);
  console.log(countsLine("total", total));
  process.exit(total.failed === 0 ? 0 : 1);
}

const FAILED: TestResult = { passed: 0, failed: 1, skipped: 0 };
/** How many characters of the end of its output explain a job that failed and can't say why. */
const KEPT = 2000;

async function runJob({ part, name, needsBuild, run }: Job, build: Promise<void>, write: Write): Promise<Done> {
  write(`\n── ${name} ──\n`);
  const startedAt = performance.now();
  let end = "";
  const keepEnd = (text: string) => {
    end = (end + text).slice(-KEPT);
    write(text);
  };
  const result = await Promise.resolve(needsBuild ? build : undefined)
    .then(() => run(keepEnd))
    .then((ran) => (ran.failed > 0 && !ran.failures?.length ? { ...ran, failures: [{ test: name, message: end }] } : ran))
    .catch((error: unknown) => {
      // The other jobs still tell what they know.
      const message = error instanceof SetupError ? error.message : error instanceof Error ? String(error.stack) : String(error);
      write(`${message}\n`);
      return { ...FAILED, failures: [{ test: name, message }] };
    });
  const seconds = (performance.now() - startedAt) / 1000;
  write(`${countsLine(name, result)} (${Math.round(seconds)} s)\n`);
  return { part, name, seconds, ...result };
}
