import { mixedScriptWords } from "./mixed-script-words";

export type TextSegment =
  | { text: string }
  /** `code` as in "U+200B". */
  | { code: string; name: string };

export interface TextInspection {
  /** The text in order, with characters that are invisible or change their neighbors replaced by codes. */
  segments: TextSegment[];
  /** One sentence per finding. Empty when nothing is suspicious. */
  warnings: string[];
}

/**
 * Finds what makes a text look different from what it is: bidi controls, zero-width, tag, control and other characters
 * that do not show, and words that mix scripts. Line breaks, tabs and the joiners inside emoji are left alone.
 */
export function inspectText(text: string): TextInspection {
  const segments = segmentsOf(text);
  return { segments, warnings: [...hiddenWarnings(segments), ...mixedScriptWarnings(text)] };
}

/** The same as plain text, for emails and terminals: "second charge[U+200B]". */
export function visibleText(text: string): string {
  return segmentsOf(text)
    .map((segment) => ("text" in segment ? segment.text : `[${segment.code}]`))
    .join("");
}

function segmentsOf(text: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(HIDDEN_OR_EMOJI)) {
    const character = match.groups?.hidden;
    if (character === undefined) continue;
    if (match.index > end) segments.push({ text: text.slice(end, match.index) });
    segments.push({ code: codeOf(character), name: nameOf(character) });
    end = match.index + character.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end) });
  return segments;
}

/**
 * First what may stay: a line break, a tab, and an emoji with its variation selector and joiners. Then everything
 * that does not show: controls, formats, surrogates, private use, separators, default ignorables, and the blank of Braille.
 */
const HIDDEN_OR_EMOJI =
  /\r\n|[\n\t]|[0-9#*]\uFE0F\u20E3|\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)*|(?<hidden>[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800])/gu;

const NAMES: Record<string, string> = {
  "\u0000": "null character",
  "\u001B": "escape character",
  "\u00AD": "soft hyphen",
  "\u200B": "zero-width space",
  "\u200C": "zero-width non-joiner",
  "\u200D": "zero-width joiner",
  "\u200E": "left-to-right mark",
  "\u200F": "right-to-left mark",
  "\u061C": "Arabic letter mark",
  "\u2028": "line separator",
  "\u2029": "paragraph separator",
  "\u202A": "left-to-right embedding",
  "\u202B": "right-to-left embedding",
  "\u202C": "direction end",
  "\u202D": "left-to-right override",
  "\u202E": "right-to-left override",
  "\u2060": "word joiner",
  "\u2066": "left-to-right isolate",
  "\u2067": "right-to-left isolate",
  "\u2068": "direction isolate",
  "\u2069": "isolate end",
  "\u2800": "blank Braille pattern",
  "\u3164": "Hangul filler",
  "\uFEFF": "zero-width no-break space",
};

const NAMES_BY_CLASS: readonly (readonly [RegExp, string])[] = [
  [/^[\u{E0000}-\u{E007F}]$/u, "tag character"],
  [/^\p{Variation_Selector}$/u, "variation selector"],
  [/^\p{Cc}$/u, "control character"],
  [/^\p{Co}$/u, "private-use character"],
  [/^\p{Cs}$/u, "half character"],
];

function nameOf(character: string): string {
  return NAMES[character] ?? NAMES_BY_CLASS.find(([pattern]) => pattern.test(character))?.[1] ?? "unseen character";
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function hiddenWarnings(segments: TextSegment[]): string[] {
  const counts = new Map<string, number>();
  for (const segment of segments) {
    if ("code" in segment) counts.set(segment.name, (counts.get(segment.name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `Contains ${count} ${name}${count === 1 ? "" : "s"}, which most programs don’t show.`);
}

function mixedScriptWarnings(text: string): string[] {
  return mixedScriptWords(text).map(({ word, scripts }) =>
    scripts.includes("styled")
      ? `“${visibleText(word)}” contains styled letters that only look like ordinary ones.`
      : `“${visibleText(word)}” mixes ${scripts.join(" and ")} letters, some of which look alike.`,
  );
}
