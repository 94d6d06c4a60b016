// What a model reads when its call wasn't executed. Every answer says so, and what to do next.

import {
  ActionFrozen,
  ActionNotRun,
  ActionPending,
  DaaiError,
  DaaiRateLimitError,
  DaaiTooSoonError,
  DaaiUnauthorizedError,
  LogTampered,
} from "@/sdk/typescript/src/index";
import { isTransient } from "@/sdk/typescript/src/retry";
import type { Acceptance } from "./accepted-tools";

const NOT_EXECUTED = "Not executed.";

export function heldAnswer(tool: string, acceptance: Exclude<Acceptance, { is: "accepted" }>): string {
  if (acceptance.is === "declined")
    return `The tool "${tool}" may not be called: its definition wasn't accepted. ${acceptance.explanation}`;
  if (acceptance.problem !== undefined) return `${problemAnswer(acceptance.problem)} The tool "${tool}" is held.`;
  const where = acceptance.link ? ` Someone can accept it here: ${acceptance.link}` : "";
  return `The tool "${tool}" is new or has changed, and is held until a person accepts it. ${NOT_EXECUTED} Call it again with the same arguments later.${where}`;
}

export function pendingAnswer(tool: string, link: string | null): string {
  const where = link ? ` The request: ${link}` : "";
  return `Pending approval: a person has to decide. ${NOT_EXECUTED} Call "${tool}" again with exactly the same arguments to continue. That doesn't ask twice.${where}`;
}

/** For what the SDK throws instead of running something. */
export function refusalAnswer(tool: string, error: unknown, link: string | null): string {
  if (error instanceof ActionPending) return pendingAnswer(tool, link);
  if (error instanceof ActionFrozen) return error.explanation;
  if (error instanceof ActionNotRun) return notRunAnswer(error);
  return problemAnswer(error);
}

/** For a proposal that came to nothing. */
function problemAnswer(error: unknown): string {
  if (error instanceof LogTampered) {
    return `The console's receipt log contradicts the checkpoint that the gateway keeps, so its decisions can't be trusted. ${NOT_EXECUTED} Tell the person who runs the gateway.`;
  }
  if (error instanceof DaaiTooSoonError) return `${error.message} ${NOT_EXECUTED}`;
  if (error instanceof DaaiUnauthorizedError)
    return `The console doesn't accept the gateway's keys. ${NOT_EXECUTED} Tell the person who runs the gateway.`;
  if (error instanceof DaaiRateLimitError) return `${error.message} ${NOT_EXECUTED}`;
  if (isTransient(error)) return noConsole(String((error as Error).message));
  if (error instanceof DaaiError) return `The call can't be proposed to the console: ${error.message}. ${NOT_EXECUTED}`;
  return `The gateway failed: ${String(error)}. ${NOT_EXECUTED}`;
}

function notRunAnswer({ run, explanation }: ActionNotRun): string {
  if (run.executionStatus !== "executed" && run.executionStatus !== "failed") return explanation;
  // Ended between the report and the answer.
  return `${explanation} Its answer was lost. Call it again with the same arguments only if it should be done once more.`;
}

function noConsole(problem: string): string {
  return `The console can't be reached (${problem}), so nothing may run. ${NOT_EXECUTED} Try again later.`;
}

export function doubtAnswer(tool: string, reason: string, link: string | null): string {
  const where = link ? ` The run: ${link}` : "";
  return `In doubt: "${tool}" may or may not have been executed, because ${reason}. Don't repeat it. A person has to find out and settle it in the console.${where}`;
}

export function notSentAnswer(tool: string, reason: string): string {
  return `"${tool}" didn't reach the server: ${reason}. ${NOT_EXECUTED}`;
}

/** For a tool that only reads: calling it again does no harm. */
export function lostReadAnswer(tool: string, reason: string): string {
  return `The result of "${tool}" is lost, because ${reason}. It only reads, so it can be called again.`;
}

export const NEVER = `The gateway's settings say that this tool is never called. ${NOT_EXECUTED}`;
export const NO_TASKS = `The gateway doesn't run calls as tasks. ${NOT_EXECUTED} Call the tool without a task.`;
export const NOTHING_TO_CONTINUE =
  "This continues a call that the gateway doesn't hold anymore. It may have been executed in part: don't begin it again before a person has settled it in the console.";

export function unclearAnswer(flaw: string): string {
  return `The call can be read in several ways: ${flaw}. ${NOT_EXECUTED}`;
}

export function unlistedAnswer(tool: string, problem: string | null): string {
  return problem
    ? `The gateway couldn't ask the server for its tools: ${problem}. ${NOT_EXECUTED}`
    : `The server doesn't list a tool named "${tool}". ${NOT_EXECUTED}`;
}
