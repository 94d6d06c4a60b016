import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { readShell } from "./read-shell";

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
            expect(end).toBeLessThanOrEqual(line.length);
            // Words that braces make are in the same place.
            const before = words[place - 1] ?? { start: -1, end: 0 };
            if (start !== before.start) expect(start).toBeGreaterThanOrEqual(before.end);
          }
        }
      }),
      { numRuns: proofSize(1000, 5000) },
    );
  });

  it.each(["\u00a0", "\u202f", "\u2028", "\f", "\v", "\ufeff", "\r"])("takes %j for an ordinary character, as Bash does", (space) => {
    const [command] = readShell(`rm${space}-rf build`).commands;
    expect(command?.words.map(({ text }) => text)).toEqual([`rm${space}-rf`, "build"]);
  });

  const wordsOf = (line: string) => readShell(line).commands.map(({ words }) => words.map(({ text }) => text));

  it.each<readonly [string, readonly (readonly string[])[]]>([
    ["a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]],
    ['"r\\m" "a\\"b" "a\\$b"', [["r\\m", 'a"b', "a$b"]]],
    ["$'r\\x6d' $'a\\tb' $'\\u006c\\163' $'it\\'s'", [["rm", "a\tb", "ls", "it's"]]],
    ['$"rm" -rf', [["rm", "-rf"]]],
    ["r{m,x} {-rf,build} a{b,{c,d}} {} {a} '{a,b}'", [["rm", "rx", "-rf", "build", "ab", "ac", "ad", "{}", "{a}", "{a,b}"]]],
    ["a{1..3}", [["a1", "a3"]]],
    ["a \\\n b", [["a", "b"]]],
    ["a \\\r\nb", [["a", "\r"], ["b"]]],
    ["a\r\nb", [["a"], ["b"]]],
    ["rm } -rf { build", [["rm", "}", "-rf", "{", "build"]]],
    ["a # b; c\nd", [["a"], ["d"]]],
    ["a ${x:- #} ; b", [["a", "${x:- #}"], ["b"]]],
    ['a "${x:-"b c"}" d', [["a", '${x:-"b c"}', "d"]]],
    ["a $((1 << 2)) b", [["a", "$((1 << 2))", "b"]]],
    [
      'a $(b "$(c ")")" ) d',
      [
        ["c", ")"],
        ["b", '$(c ")")'],
        ["a", '$(b "$(c ")")" )', "d"],
      ],
    ],
    ["a $(b # it's )\n c) d", [["b"], ["c"], ["a", "$(b # it's )\n c)", "d"]]],
    ["[[ -n $a && ( b > c ) ]] && d", [["[[", "-n", "$a", "b", "]]"], ["d"]]],
    ["echo [[ && d", [["echo", "[["], ["d"]]],
    ["a <<'E O F' && b\nc\nE O F\nd", [["a"], ["b"], ["d"]]],
    ["a <<EOF\nb\nEO\\\nF\nc", [["a"], ["c"]]],
    ["a <<-EOF\n\tb\n\tEOF\nc", [["a"], ["c"]]],
    ["a <<<EOF\nb", [["a"], ["b"]]],
    ['a <<< "b c" d', [["a", "d"]]],
    ["a $(b <<<EOF\n) c", [["b"], ["a", "$(b <<<EOF\n)", "c"]]],
    ["a 3<<EOF\nb\nEOF", [["a"]]],
  ])("reads %j as Bash does", (line, words) => {
    expect(readShell(line).isClear).toBe(true);
    expect(wordsOf(line)).toEqual(words);
  });

  it.each([
    "a 'b",
    'a "b',
    "a `b",
    "a $(b",
    "a ${b",
    "a \\",
    "$'a",
    "$'r\\0m'",
    "{a..z}",
    "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
    "a `b \\`c\\``",
    "a $(case b in b) c;; esac)",
    'a "${b#\'}"',
    "a <<EOF\nb",
    "a <<EOF\nb\n EOF",
    "a <<EOF\nb\nEOF ",
    "a <<EOF\r\nb\r\nEOF\r\n",
    "a <<EOF\n$(b\nEOF",
    "a <<$b\nc\n$b",
    "a <<EOF 'b\nc'\nEOF",
    "$(".repeat(200),
  ])("says that it can't read %j", (line) => {
    expect(readShell(line).isClear).toBe(false);
  });
});
