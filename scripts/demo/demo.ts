import { Command, CommanderError, InvalidArgumentError } from "commander";
import { runDemo } from "./run-demo";

const program = new Command("demo")
  .description("A Python agent works through 40 invoices. It asks before it acts, people decide, and every decision has a receipt.")
  .option("--url <address>", "a running console on this database (default: the running one, or one started for the demo)", originOf)
  .exitOverride();

try {
  program.parse();
  const holds = await runDemo(program.opts<{ url?: string }>().url);
  process.exitCode = holds ? 0 : 1;
} catch (error) {
  // Commander has said what was wrong, or shown the help that was asked for.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode;
}

function originOf(address: string): string {
  const { protocol, origin } = URL.canParse(address) ? new URL(address) : { protocol: "", origin: "" };
  if (!/^https?:$/.test(protocol)) throw new InvalidArgumentError("It must look like http://localhost:3000.");
  return origin;
}
