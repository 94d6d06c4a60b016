import { Command } from "commander";
import { watchStopSignals } from "../watch-stop-signals";
import { runDemo } from "./run-demo";

const STOPPED_EXIT_CODE = 130;

const program = new Command("demo")
  .description("A Python program works through 40 invoices, under the console's rules and with the console's receipts.")
  .option("--url <origin>", "a running console on this database, such as http://localhost:3000 (default: the one that runs, or one started for the demo)")
  .parse();

const stop = watchStopSignals();
const stopped = new Promise<number>((resolve) => stop.addEventListener("abort", () => resolve(STOPPED_EXIT_CODE)));
process.exitCode = await runDemo(program.opts<{ url?: string }>().url, stopped);
