import { BRITISH_SPELLING } from "./british-spelling";
import { readTexts } from "./read-texts";
import { WORDING_RULES } from "./wording-rules";

export interface FoundWord {
  readonly line: number;
  readonly found: string;
  readonly better: string;
}

/** Code that nobody but its writers reads: tests, and what only tests need. */
const UNSEEN = /\.(?:test|spec)\.tsx?$|^lib\/(?:testing|guarantees)\/|^scripts\/(?:test|words)\//;
const SHOWN =
  /^(?:app|components|lib|scripts|bench)\/.*\.(?:tsx?|mjs)$|^components\/docs\/content\/.*\.mdx$|^(?:README|SECURITY|CONTRIBUTING)\.md$|^sdk\/python\/README\.md$|^sdk\/python\/src\/.*\.py$|^scripts\/demo\/.*\.py$|^\.env\.example$/;
/** Migrations that were released are never edited, and `prisma/sql` is made from them. */
const SPELLED = /^(?!prisma\/|public\/|CHANGELOG\.md).*\.(?:tsx?|mts|mjs|css|mdx?|py|toml|ya?ml|sh|example)$|^prisma\/schema\.prisma$/;

const RULES = WORDING_RULES.map(({ avoid, better }) => ({ better, avoid: new RegExp(avoid.source.replaceAll(" ", "\\s+"), "gi") }));
/** The words of a text, also those that camel case joins: `labelledBuckets` are two, `labelledby` is one. */
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/** What is worded or spelled otherwise than agreed. */
export function findWords(path: string, source: string): FoundWord[] {
  const lineOf = (offset: number) => source.slice(0, offset).split("\n").length;
  const found: FoundWord[] = [];
  if (SHOWN.test(path) && !UNSEEN.test(path)) {
    for (const { text, start } of readTexts(path, source)) {
      for (const { avoid, better } of RULES) {
        for (const match of text.matchAll(avoid)) found.push({ line: lineOf(start + match.index), found: match[0], better });
      }
    }
  }
  // This list is itself of British words.
  if (SPELLED.test(path) && !path.startsWith("scripts/words/")) {
    for (const match of source.matchAll(WORD)) {
      if (BRITISH_SPELLING.test(match[0].toLowerCase())) {
        found.push({ line: lineOf(match.index), found: match[0], better: "the American spelling" });
      }
    }
  }
  return found.toSorted((a, b) => a.line - b.line);
}
