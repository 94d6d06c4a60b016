export interface MixedScriptWord {
  word: string;
  /** Names of scripts, such as "Latin" and "Cyrillic"; "styled" when letters of a word are mathematical, full-width or circled. */
  scripts: string[];
}

/** Latin and the scripts with look-alike letters. Others are mixed for good reasons, as in Japanese. */
const LOOKALIKE_SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["Latin", /\p{Script=Latin}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Cherokee", /\p{Script=Cherokee}/u],
  ["Coptic", /\p{Script=Coptic}/u],
  ["Lisu", /\p{Script=Lisu}/u],
];

/** Letters that read as Latin but are mathematical, full-width or circled ones. */
const STYLED_LETTERS = /[\u{1D400}-\u{1D7FF}\uFF21-\uFF3A\uFF41-\uFF5A\u24B6-\u24E9]/u;

const MAX_WORDS = 5;
const WORD_MAX_LENGTH = 60;

/** Words, and whole addresses and links, whose letters come from several scripts or are styled. At most 5, each cut to 60 characters. */
export function mixedScriptWords(text: string): MixedScriptWord[] {
  const found = new Map<string, MixedScriptWord>();
  for (const [token] of text.matchAll(/\S+/gu)) {
    const isAddress = token.includes("@") || token.includes("://") || /\p{L}\.\p{L}/u.test(token);
    for (const word of isAddress ? [token] : token.split(/[^\p{L}\p{M}\p{N}_\p{Cf}]+/u)) {
      const scripts = scriptsOf(word);
      if (scripts.length > 1 || scripts.includes("styled"))
        found.set(word, { word: [...word].slice(0, WORD_MAX_LENGTH).join(""), scripts });
      if (found.size === MAX_WORDS) return [...found.values()];
    }
  }
  return [...found.values()];
}

function scriptsOf(word: string): string[] {
  const scripts = LOOKALIKE_SCRIPTS.filter(([, pattern]) => pattern.test(word)).map(([name]) => name);
  return STYLED_LETTERS.test(word) ? [...scripts, "styled"] : scripts;
}
