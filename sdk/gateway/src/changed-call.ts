// A call that a person approved with a change.

import { scanJson } from "@/lib/domain/json/json-scanner";
import type { Held } from "@/sdk/typescript/src/admission";
import { type Line, lineOf, type Members, membersOf } from "./messages";

export interface CallChange {
  readonly arguments: Members;
  /** Who changed what and why, for the model. */
  readonly explanation: string;
}

export function changeIn({ run, payload }: Held): CallChange | null {
  return run.payloadChanged && payload ? { arguments: payload, explanation: run.changeExplanation ?? "" } : null;
}

export function changedCall({ message }: Line, change: CallChange): Line {
  return lineOf({ ...message, params: { ...membersOf(message.params), arguments: change.arguments } });
}

/**
 * A server's reply whose result, or error, begins with what was changed. Everything else in it stays as the server wrote it, numbers too, and
 * so does a question to the client.
 */
export function replyToChanged(text: string, change: CallChange): string {
  const reply = membersIn(text);
  const error = membersIn(reply["error"] ?? "{}");
  if (error["message"] !== undefined) {
    const message = JSON.stringify(`${change.explanation} ${JSON.parse(error["message"])}`);
    return textOf({ ...reply, error: textOf({ ...error, message }) });
  }
  const result = membersIn(reply["result"] ?? "{}");
  const content = result["content"] ?? "[]";
  if (result["resultType"] === '"input_required"' || !content.startsWith("[")) return text;
  const rest = content.slice(1);
  const told = JSON.stringify({ type: "text", text: change.explanation });
  return textOf({ ...reply, result: textOf({ ...result, content: `[${told}${rest.trimStart() === "]" ? "" : ","}${rest}` }) });
}

function membersIn(text: string): Readonly<Record<string, string>> {
  return scanJson(text, { onlyDuplicates: true }).memberText;
}

function textOf(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members).map(([name, text]) => `${JSON.stringify(name)}:${text}`)}}`;
}
