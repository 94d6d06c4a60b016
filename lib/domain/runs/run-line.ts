import type { JsonObject } from "@/lib/domain/json-value";
import { payloadRows } from "@/lib/domain/policy/payload-rows";
import { type ActionCalled, isBareSentence } from "@/lib/domain/policy/run-sentence";

const MAX_FIELDS = 2;
const MAX_CHARACTERS = 80;

/**
 * What a run is about, on one line of a list. That is its sentence, if that says more than the action's title. Otherwise the first
 * fields of the payload, which are what is decided, and without any the agent's reason. The words are the agent's: show them as text.
 */
export function runLine({
  action,
  sentence,
  reasoning,
  payload,
}: {
  action: ActionCalled;
  sentence: string;
  reasoning: string | null;
  payload: JsonObject;
}): string {
  if (!isBareSentence(sentence, action)) return sentence;
  const fields = payloadRows(payload).filter(({ text }) => text !== null && text !== reasoning);
  if (fields.length > 0)
    return fields
      .slice(0, MAX_FIELDS)
      .map(({ path, text }) => `${onOneLine(path)}: ${onOneLine(text ?? "")}`)
      .join(", ");
  return reasoning === null || reasoning.trim() === "" ? sentence : `“${onOneLine(reasoning)}”`;
}

function onOneLine(text: string): string {
  const characters = [...text.trim().replace(/\s+/g, " ")];
  return characters.length <= MAX_CHARACTERS ? characters.join("") : `${characters.slice(0, MAX_CHARACTERS).join("")}…`;
}

/** As much of a line as is sure to be seen on a narrow screen. */
const SURELY_SEEN = 40;

/** The runs whose rows look alike to a reader, and therefore show their ids. */
export function lookAlikes<Run extends { readonly runId: string }>(runs: readonly Run[], wordsOf: (run: Run) => string): Set<string> {
  const byWords = new Map<string, string[]>();
  for (const run of runs) {
    const seen = [...wordsOf(run)].slice(0, SURELY_SEEN).join("").toLowerCase();
    byWords.set(seen, [...(byWords.get(seen) ?? []), run.runId]);
  }
  return new Set([...byWords.values()].filter((ids) => ids.length > 1).flat());
}
