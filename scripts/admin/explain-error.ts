import { ZodError } from "zod";
import { SettingsError } from "@/lib/env";
import { explainDatabaseFailure } from "@/lib/errors/explain-database-failure";
import { SetupError } from "@/lib/errors/setup-error";
import { CommandError } from "./command-error";

/** Where a command's own word differs from the option that says it. */
const OPTIONS: Record<string, string> = {
  ownerEmail: "--owner",
  clientName: "--client",
  riskLevel: "--risk",
  type: "--policy",
  approverEmails: "--approver",
  escalationEmails: "--escalation",
  approvalWindowMinutes: "--window-minutes",
};

/** One sentence for any error: what is wrong, and what to do where that is known. No stack, whatever it is. */
export function explainError(error: unknown): string {
  if (error instanceof CommandError || error instanceof SetupError || error instanceof SettingsError) return error.message;
  if (error instanceof ZodError) return explainInvalid(error);
  const failure = explainDatabaseFailure(error);
  if (failure !== null) return failure;
  const message = error instanceof Error ? error.message : String(error);
  // Prisma's messages quote the program first and say what happened in the last line.
  const reason = message.trim().split("\n").at(-1)?.trim().replace(/\.$/, "");
  return `The command failed: ${reason}.`;
}

function explainInvalid({ issues: [issue] }: ZodError): string {
  if (!issue) return "The options aren't valid.";
  const name = issue.path.findLast((part) => typeof part === "string") ?? "";
  const option =
    OPTIONS[name] ?? (name.toUpperCase() === name ? name : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  const message = issue.message.replace(/\.$/, "");
  // Most messages continue from the name; some are sentences of their own.
  return `${option}${/^\p{Lu}/u.test(message) ? ":" : ""} ${message}.`;
}
