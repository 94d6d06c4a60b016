import { FUNCTIONS, METHODS } from "./check-call";
import { TYPE_NAMES } from "./expect-type";
import { VARIABLE_TYPES } from "./expression";
import type { SeenField } from "./seen-fields";

/** Something that a condition can continue with. */
export interface Completion {
  /** What stands in place of the word that is being typed. */
  readonly text: string;
  /** What it is, beside it. */
  readonly detail: string;
}

export interface Completions {
  /** Where the word begins that is being typed. */
  readonly start: number;
  readonly options: readonly Completion[];
}

const MOST_SHOWN = 12;

const FUNCTION_DETAILS: Readonly<Record<(typeof FUNCTIONS)[number], string>> = {
  has: "whether a field is there",
  dec: "a number sent as text",
  domain: "the domain of an email address",
  size: "characters of a text, items of a list",
  timestamp: "a fixed time",
};

const METHOD_DETAILS: Readonly<Record<(typeof METHODS)[number], string>> = {
  startsWith: "of a text",
  endsWith: "of a text",
  contains: "of a text",
  matches: "of a text, by a pattern",
  lowerAscii: "of a text, in lower case",
  size: "characters of a text, items of a list",
  hour: 'in a time zone: "Europe/Berlin"',
  day_of_week: "in a time zone, 0 is Sunday",
};
const CLOCK_METHODS: readonly string[] = ["hour", "day_of_week"];

/**
 * What the word before the caret can become: variables, functions, and payload fields that were seen. Null where there is nothing to offer: in a text, and
 * before a word has begun, unless all was asked for.
 */
export function completionsAt(source: string, caret: number, seen: readonly SeenField[], { isAsked = false } = {}): Completions | null {
  const before = source.slice(0, caret);
  if (isInText(before)) return null;
  const word = /[A-Za-z_][\w.]*$/.exec(before)?.[0] ?? "";
  // Digits, closed brackets and closed texts: no name can begin here.
  if (word === "" && (!isAsked || /[\w.)\]"']$/.test(before))) return null;
  const typed = word.toLowerCase();
  const options = [...names(seen), ...methodsOf(word)].filter(({ text }) => text.toLowerCase().startsWith(typed) && text !== word);
  return options.length === 0 ? null : { start: caret - word.length, options: options.slice(0, MOST_SHOWN) };
}

function names(seen: readonly SeenField[]): Completion[] {
  return [
    ...seen.map(({ path, types }) => ({ text: `payload.${path}`, detail: types.map((type) => TYPE_NAMES[type]).join(" or ") })),
    ...Object.entries(VARIABLE_TYPES).map(([text, type]) => ({ text, detail: TYPE_NAMES[type] })),
    ...FUNCTIONS.map((name) => ({ text: `${name}(`, detail: FUNCTION_DETAILS[name] })),
    ...(seen.length === 0 ? [{ text: "payload.", detail: TYPE_NAMES.any }] : []),
  ];
}

/** After the last dot of a value. */
function methodsOf(word: string): Completion[] {
  const dot = word.lastIndexOf(".");
  const value = word.slice(0, dot);
  if (dot < 1 || value === "payload" || value === "source") return [];
  return METHODS.filter((name) => CLOCK_METHODS.includes(name) === (value === "now")).map((name) => ({
    text: `${value}.${name}(`,
    detail: METHOD_DETAILS[name],
  }));
}

/** Whether a text was opened and not closed. */
function isInText(before: string): boolean {
  let quote: string | null = null;
  for (let at = 0; at < before.length; at++) {
    const character = before[at];
    if (quote !== null && character === "\\") at++;
    else if (character === quote) quote = null;
    else if (quote === null && (character === '"' || character === "'")) quote = character;
  }
  return quote !== null;
}
