import type { Check } from "./check-outcome";
import type { Answered } from "./follow-links";
import { ACTION_LINES, type DemoWorkspace } from "./make-workspace";
import type { DemoConsole } from "./start-console";
import type { Proposal } from "./start-python";
import { green, red, say, yellow } from "./terminal";

const MAX_KEY = "send_invoice_reminder:INV-2601".length;
const MAX_OUTCOME = "rejected".length;

export function sayWorkspace(workspace: DemoWorkspace, { url, isStartedHere }: DemoConsole): void {
  say(`${url} ${isStartedHere ? "was started for this demo." : "was already running."}`);
  say(`The workspace ${workspace.id} belongs to ${workspace.owner}.`);
  for (const line of ACTION_LINES) say(line);
}

export function sayProposals(proposals: readonly Proposal[]): void {
  const of = (status: string) => proposals.filter((proposal) => proposal.governance_status === status);
  say(
    `${proposals.length} proposals: ${of("allowed").length} allowed, ${of("pending_approval").length} pending approval, ${of("blocked").length} refused.`,
  );
  for (const { key, governance_reason: reason } of of("blocked")) printFailure(key, "blocked", reason);
  for (const { key, error } of proposals) if (error !== null) printFailure(key, "failed", error);
}

export function sayAnswers(answers: readonly Answered[]): void {
  const count = (decision: string | undefined) => answers.filter(({ choice }) => choice?.decision === decision).length;
  say(`${count("approve")} approved, ${count("reject")} rejected, ${count("block")} blocked, ${count(undefined)} left pending.`);
  for (const { run, choice } of answers) {
    if (choice?.comment) printFailure(run.idempotency_key, choice.decision === "block" ? "blocked" : "rejected", choice.comment);
  }
  const byCommand = answers.filter(({ by }) => by === "command").length;
  if (byCommand > 0)
    say(`This console limits links per minute from one address, so the last ${byCommand} were decided on the command line.`);
}

/** Broken promises, and why. */
export function printFailure(key: string, outcome: "blocked" | "rejected" | "failed", why: string): void {
  const mark = outcome === "failed" ? red("✗") : yellow("✗");
  say(`${mark} ${key.padEnd(MAX_KEY)}  ${outcome.padEnd(MAX_OUTCOME)}  ${why}`);
}

/** Returns whether every promise was kept. */
export function sayChecks(checks: readonly Check[]): boolean {
  for (const { promise, broken } of checks) {
    if (broken.length === 0) say(`${green("✓")} ${promise}`);
    else say(`${red("✗")} ${promise} Not so: ${broken.join(", ")}.`);
  }
  return checks.every(({ broken }) => broken.length === 0);
}
