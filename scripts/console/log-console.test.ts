import { pino } from "pino";
import { afterEach, expect, test, vi } from "vitest";
import { logOptions } from "@/lib/logger";
import { logConsole, logCrash } from "./log-console";

const lines: string[] = [];
let restore = () => {};
afterEach(() => {
  restore();
  lines.length = 0;
});

const log = pino({ ...logOptions, level: "debug" }, { write: (line: string) => void lines.push(line) });

function logged(write: () => void): Record<string, unknown>[] {
  restore = logConsole(log);
  write();
  return parsedLines();
}

function parsedLines(): Record<string, unknown>[] {
  return lines.map((line) => {
    expect(line).toMatch(/^[^\n]+\n$/);
    return JSON.parse(line) as Record<string, unknown>;
  });
}

test("what others print is one line of the log each, of the level they gave it", () => {
  expect(
    logged(() => {
      console.error("⨯ Something failed");
      console.warn("⚠ Careful");
      console.log("a plain line");
    }).map(({ level, msg }) => [level, msg]),
  ).toEqual([
    ["error", "⨯ Something failed"],
    ["warn", "⚠ Careful"],
    ["info", "a plain line"],
  ]);
});

test("an error is logged without what it quotes, and with what its page names it by", () => {
  const error = Object.assign(new SyntaxError('Unexpected token \'x\', "x\n{"msg":"FORGED"}" is not valid JSON'), { digest: "123456" });
  const [line] = logged(() => console.error(error));
  expect(line).toMatchObject({ level: "error", printed: { name: "SyntaxError", frames: expect.any(Array) as unknown }, digest: "123456" });
  expect(lines.join("")).not.toMatch(/FORGED|Unexpected/);
});

test.each([
  ['⨯ SyntaxError: Unexpected token \'h\', "hunter2 "x" y" is not valid JSON\n    at JSON.parse (<anonymous>)', "hunter2"],
  ["Request body exceeded 10MB for /decide/abcDEF123_-abcDEF123_-abcDEF123_-abcDEF1234/answer.", "abcDEF"],
  ["Failed at http://localhost/share/abc?token=swordfish now", "swordfish"],
  ["odd token abcDEF123_-abcDEF123_-abcDEF123_- here", "abcDEF"],
  ["x\u001b[31mred\u001b]8;;https://evil.example\u0007link\u009b2J", "\u001b"],
  ['x\n{"msg":"FORGED"}\n', "FORGED"],
  ["x\u2028y\u0085z", "\u2028"],
])("what strangers sent is not repeated: %j", (text, secret) => {
  logged(() => console.error(text));
  logged(() => console.error(new Error(text, { cause: new Error(text) })));
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join("")).not.toContain(secret);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(lines.join("").replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
});

test("values that are neither text nor error are told by their kind alone", () => {
  const [line] = logged(() => console.error("failed:", { password: "hunter2" }, 7));
  expect(line?.msg).toBe("failed: [object] [number]");
});

test.each([
  [new Error('Unexpected token in "hunter2"\n{"msg":"FORGED"}'), "The console failed and stops: Unexpected token in …"],
  ["hunter2\nFORGED", "The console failed and stops: hunter2"],
  [undefined, "The console failed and stops."],
])("what ends the process is one line of the log, and ends it: %s", (thrown, message) => {
  const exit = vi.fn();
  restore = logCrash(log, exit);
  process.listeners("uncaughtException").at(-1)?.(thrown as Error, "uncaughtException");
  const [line, ...more] = parsedLines();
  expect(line).toMatchObject({ level: "fatal", msg: message });
  expect(more).toEqual([]);
  expect(lines.join("")).not.toContain("FORGED");
  expect(exit).toHaveBeenCalledExactlyOnceWith(1);
});
