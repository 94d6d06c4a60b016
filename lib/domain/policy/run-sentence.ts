import { valueText } from "@/lib/domain/json/value-text";
import type { JsonObject } from "@/lib/domain/json-value";
import { isAtMostCharacters } from "@/lib/domain/text/character-count";
import { readAmount } from "./amounts";
import { formatAmount } from "./format-amount";
import { isFieldPath, readPath, readRecipient } from "./payload-fields";

const SENTENCE_MAX_LENGTH = 300;

export type SentencePart = { text: string } | { field: string };

/**
 * Reads a sentence such as `pay {amount} {currency} to {supplier.name}`. It completes "… wants to". Braces hold dotted
 * field paths and stand for nothing else.
 */
export function parseSentence(sentence: string): { ok: true; parts: SentencePart[] } | { ok: false; message: string } {
  if (sentence.trim() === "") return { ok: false, message: "Write what the agent wants to do, such as pay {amount}." };
  if (!isAtMostCharacters(sentence, SENTENCE_MAX_LENGTH)) {
    return { ok: false, message: `Shorten the sentence to ${SENTENCE_MAX_LENGTH} characters.` };
  }
  if (/\p{Cc}/u.test(sentence)) return { ok: false, message: "Write the sentence on one line, without control characters." };
  const parts: SentencePart[] = [];
  // Splitting at a group keeps the group: texts and {fields} take turns.
  for (const [index, piece] of sentence.split(/\{([^{}]*)\}/).entries()) {
    if (index % 2 === 1) {
      if (!isFieldPath(piece))
        return { ok: false, message: `{${piece}} is not a field path. Use names joined by dots, such as {supplier.name}.` };
      parts.push({ field: piece });
    } else {
      if (/[{}]/.test(piece)) return { ok: false, message: "Close every { with a }, and use braces for fields only." };
      if (piece !== "") parts.push({ text: piece });
    }
  }
  return { ok: true, parts };
}

export interface SentenceFields {
  amountField: string;
  currencyField: string;
  /** null: the first of the usual recipient fields. */
  recipientField: string | null;
}

/**
 * What a run wants to do, for people only; it never takes part in a decision. Without a sentence of its own, or with one
 * that cannot be read, an action gets "run <name>", with its amount and recipient when the payload has them.
 * The values are the agent's: show the result as text, never as markup.
 */
export function runSentence(action: { name: string; sentence: string | null } & SentenceFields, payload: JsonObject): string {
  const parsed = action.sentence === null ? null : parseSentence(action.sentence);
  if (!parsed?.ok) return defaultSentence(action, payload);
  return parsed.parts.map((part) => ("text" in part ? part.text : fieldText(part.field, action, payload))).join("");
}

function fieldText(field: string, fields: SentenceFields, payload: JsonObject): string {
  const value = readPath(payload, field);
  if (field !== fields.amountField) return valueText(value);
  const amount = readAmount(value);
  return amount.kind === "amount" ? formatAmount(amount.decimal) : valueText(value);
}

/** What an action says that has no sentence of its own, of a payload without amount and recipient. */
export function bareSentence(actionName: string): string {
  return `run ${actionName}`;
}

function defaultSentence(action: { name: string } & SentenceFields, payload: JsonObject): string {
  const amount = readAmount(readPath(payload, action.amountField));
  const currency = readPath(payload, action.currencyField);
  const recipient = readRecipient(payload, action.recipientField);
  let sentence = bareSentence(action.name);
  if (amount.kind === "amount") {
    sentence += ` for ${formatAmount(amount.decimal)}`;
    if (typeof currency === "string" && currency !== "") sentence += ` ${valueText(currency)}`;
  }
  return recipient === null ? sentence : `${sentence}, to ${valueText(recipient)}`;
}

/** The same of a run whose payload was erased. */
export function erasedSentence(actionName: string): string {
  return `${bareSentence(actionName)} (its data was erased)`;
}
