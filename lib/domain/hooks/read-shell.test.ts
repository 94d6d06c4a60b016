import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { readShell } from "./shell-words";

const HOSTILE = [
  ..."ab=/.~\\'\"`$(){}[]<>|&;#!*?,:-\n\r\t \f\v",
  ..."\u00a0\u2028\u202f\u3000\ufeff\u0000",
  ..."$( <( <<EOF\n <<- <<< && || ;; 2>&1 $' $\" ${ $(( \\\n EOF\n case in function time {a,b}".split(" "),
];
const lines = fc.array(fc.constantFrom(...HOSTILE), { maxLength: 40 }).map((parts) => parts.join(""));

describe("readShell", () => {
  it("reads any line to its end, and finds words within it and in order", () => {
    fc.assert(
      fc.property(lines, (line) => {
        for (const { words } of readShell(line).commands) {
          for (const [place, { start, end }] of words.entries()) {
            expect(start).toBeLessThan(end);
            expect(start).toBeGreaterThanOrEqual(words[place - 1]?.end ?? 0);
            expect(end).toBeLessThanOrEqual(line.length);
          }
        }
      }),
      { numRuns: proofSize(2000, 100_000) },
    );
  });

  it.each(["\u00a0", "\u202f", "\u2028", "\f", "\v", "\ufeff", "\r"])("takes %j for an ordinary character, as Bash does", (space) => {
    const [command] = readShell(`rm${space}-rf build`).commands;
    expect(command?.words.map(({ text }) => text)).toEqual([`rm${space}-rf`, "build"]);
  });
});
