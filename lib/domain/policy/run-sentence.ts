import { valueText } from "@/lib/domain/json/value-text";
import type { JsonObject } from "@/lib/domain/json-value";
import { isAtMostCharacters } from "@/lib/domain/text/character-count";
import { readAmount } from "./amounts";
import { formatAmount } from "./format-amount";
import { isFieldPath, readPath, readRecipient } from "./payload-fields";

const SENTENCE_MAX_LENGTH = 300;

export type SentencePart = { text: string } | { field: string };

/**
 * Parses a sentence such as `pay {amount} {currency} to {supplier.name}`, which completes "… wants to". Braces always contain dotted field
 * paths.
 */
export function parseSentence(sentence: string): { ok: true; parts: SentencePart[] } | { ok: false; message: string } {
  if (sentence.trim() === "") return { ok: false, message: "Describe what the agent wants to do, such as pay {amount}." };
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

/** What people call an action; no title: no action of the name is registered. */
export interface ActionCalled {
  name: string;
  title: string | null;
}

/**
 * What a run wants to do, for people only; it never takes part in a decision. Made once, when the run is proposed, and kept with it.
 * Without a sentence of its own, or with one that cannot be read, an action gets its title, with its amount and recipient when the
 * payload has them. The values are the agent's: show the result as text, never as markup.
 */
export function runSentence(action: ActionCalled & { sentence: string | null } & SentenceFields, payload: JsonObject): string {
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

/** The default text for a payload without amount and recipient: the action's title as an infinitive. */
export function bareSentence({ name, title }: ActionCalled): string {
  return title === null || title === name
    ? nameSentence(name)
    : valueText(title).replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());
}

/** Whether a stored sentence says no more than that. */
export function isBareSentence(sentence: string, action: ActionCalled): boolean {
  return sentence === bareSentence(action) || sentence === nameSentence(action.name);
}

/** Returns what a stored sentence adds to the action's title. Releases before 2026-11-28 used its name instead. */
export function sentenceRest(sentence: string, action: ActionCalled): string {
  if (isBareSentence(sentence, action)) return "";
  for (const start of [
    `${bareSentence(action)}: `,
    `${bareSentence(action)}, `,
    `${nameSentence(action.name)} for `,
    `${nameSentence(action.name)}, `,
  ])
    if (sentence.startsWith(start)) return sentence.slice(start.length);
  return sentence;
}

function nameSentence(name: string): string {
  return `run ${name}`;
}

function defaultSentence(action: ActionCalled & SentenceFields, payload: JsonObject): string {
  const amount = readAmount(readPath(payload, action.amountField));
  const currency = readPath(payload, action.currencyField);
  const recipient = readRecipient(payload, action.recipientField);
  const to = recipient === null ? null : `to ${valueText(recipient)}`;
  if (amount.kind !== "amount") return [bareSentence(action), to].filter((part) => part !== null).join(", ");
  const unit = typeof currency === "string" && currency !== "" ? valueText(currency) : null;
  return `${bareSentence(action)}: ${[formatAmount(amount.decimal), unit, to].filter((part) => part !== null).join(" ")}`;
}

/** The same of a run whose payload was erased. */
export function erasedSentence(action: ActionCalled): string {
  return `${bareSentence(action)} (its data was erased)`;
}
