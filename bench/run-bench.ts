import { writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { Command, Option } from "commander";
import { FULL, QUICK } from "./bench-size";
import { cleanUpAtEnd } from "./clean-ups";
import type { Bench, Measure, Result } from "./measure";
import { measureBacktest } from "./measure-backtest";
import { measureBudgets } from "./measure-budgets";
import { measureFlood } from "./measure-flood";
import { measureGateway } from "./measure-gateway";
import { measureGrowth } from "./measure-growth";
import { measureHotOwner, measureIntercept, measureOneConnection } from "./measure-intercept";
import { measureLog } from "./measure-log";
import { measureLongPolls } from "./measure-long-polls";
import { measureMailProvider } from "./measure-mail-provider";
import { measureMetrics } from "./measure-metrics";
import { measurePages } from "./measure-pages";
import { measureProcesses } from "./measure-processes";
import { measureRules } from "./measure-rules";
import { measureRunsPage } from "./measure-runs-page";
import { measureShadow } from "./measure-shadow";
import { measureStart } from "./measure-start";
import { measureStatus } from "./measure-status";
import { measureVerifying } from "./measure-verifying";
import { measureWaitingCount } from "./measure-waiting-count";
import { measureWakeUp } from "./measure-wake-up";
import { openBench } from "./open-bench";
import { hasPgbench } from "./pgbench";
import { resultsTable } from "./results-table";

const MEASURES: Readonly<Record<string, Measure>> = {
  intercept: measureIntercept,
  "one-connection": measureOneConnection,
  "hot-owner": measureHotOwner,
  processes: measureProcesses,
  flood: measureFlood,
  rules: measureRules,
  shadow: measureShadow,
  budgets: measureBudgets,
  backtest: measureBacktest,
  metrics: measureMetrics,
  log: measureLog,
  verifying: measureVerifying,
  "mail-provider": measureMailProvider,
  growth: measureGrowth,
  "runs-page": measureRunsPage,
  pages: measurePages,
  "waiting-count": measureWaitingCount,
  status: measureStatus,
  "wake-up": measureWakeUp,
  "long-polls": measureLongPolls,
  gateway: measureGateway,
  start: measureStart,
};

interface Options {
  readonly json?: string;
  readonly quick?: true;
  readonly only?: string[];
}

/** Measures, prints the table, and leaves nothing behind, also when it is interrupted. */
export async function runBench(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const names = options.only ?? Object.keys(MEASURES);
  const startedAt = new Date();
  const cleanUps = cleanUpAtEnd();
  try {
    if (!hasPgbench())
      say("pgbench is not installed (Debian: apt-get install postgresql-contrib), so what is measured against it is left out.");
    const bench = await openBench({ size: options.quick ? QUICK : FULL, say, atEnd: cleanUps.add });
    const results: Result[] = [];
    for (const [name, measure] of Object.entries(MEASURES)) {
      if (!names.includes(name)) continue;
      say(`Measuring ${name} (load average ${loadavg()[0]?.toFixed(1)}) …`);
      results.push(...(await measure(bench)));
    }
    console.log(resultsTable(results));
    if (options.json) writeFileSync(options.json, `${JSON.stringify(report(bench, startedAt, results), null, 2)}\n`);
  } finally {
    await cleanUps.run();
  }
  process.exit();
}

function readOptions(args: readonly string[]): Options {
  const program = new Command("bench")
    .description(
      "Measures a console of its own, on a database of its own, beside pgbench running the same statement. Takes about half an hour.",
    )
    .option("--json <file>", "also write the results, with every round, into a file")
    .option("--quick", "smaller databases and fewer, shorter rounds: to see that it works, not to compare")
    .addOption(new Option("--only <name...>", "measure only these").choices(Object.keys(MEASURES)));
  return program.parse(args, { from: "user" }).opts<Options>();
}

function say(message: string): void {
  console.error(message);
}

function report({ size }: Bench, startedAt: Date, results: Result[]) {
  const machine = { platform: process.platform, arch: process.arch, cores: availableParallelism(), node: process.version };
  return { started_at: startedAt.toISOString(), load_average_at_end: loadavg(), machine, size, results };
}
