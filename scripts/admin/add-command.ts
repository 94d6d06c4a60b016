import type { Command, Option } from "commander";
import type { z } from "zod";
import type { JsonObject } from "@/lib/domain/json-value";
import { ProblemFound } from "./problem-found";

export interface CommandResult {
  /** What --json prints. */
  readonly document: JsonObject;
  /** The same for people. */
  readonly text: string;
  /** The result is that something is wrong: the exit code says so too. */
  readonly isProblem?: boolean;
}

interface CommandSpec<Input> {
  /** The command's name and arguments: `show <RUN_ID>`. */
  readonly usage: string;
  readonly summary: string;
  readonly options?: readonly Option[];
  readonly examples: readonly string[];
  /** Of the options by their camelCase names and the arguments by theirs. */
  readonly input: z.ZodType<Input>;
  run(input: Input): Promise<CommandResult>;
}

/** Adds a command with --json and --help. With --json, its one document is all that standard output gets. */
export function addCommand<Input>(group: Command, { usage, summary, options = [], examples, input, run }: CommandSpec<Input>): void {
  const command = group.command(usage).summary(summary).description(summary);
  for (const option of options) command.addOption(option);
  command.option("--json", "print the result as one JSON document");
  command.addHelpText("after", `\nExamples:\n${examples.map((example) => `  npm run -s admin -- ${example}`).join("\n")}`);
  command.action(async () => {
    const { json: isJson, ...given } = command.opts<{ json?: true }>();
    const named = command.registeredArguments.map((argument, index) => [argument.name(), command.args[index]] as const);
    const { document, text, isProblem } = await run(input.parse({ ...given, ...Object.fromEntries(named) }));
    command.configureOutput().writeOut?.(`${isJson ? JSON.stringify(document, null, 2) : text}\n`);
    if (isProblem) throw new ProblemFound();
  });
}
