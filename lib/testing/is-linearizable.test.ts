import { describe, expect, test } from "vitest";
import { type Call, isLinearizable } from "./is-linearizable";

type Register = { write: string } | "read";
const register = (state: string, command: Register) => (command === "read" ? ([state, state] as const) : (["ok", command.write] as const));
const call = (startedAt: number, endedAt: number, command: Register, answer: string): Call<Register> => ({
  startedAt,
  endedAt,
  command,
  answer,
});
const check = (...calls: Call<Register>[]) => isLinearizable("0", calls, register);

describe("isLinearizable", () => {
  test.each<[string, Call<Register>[], boolean]>([
    ["nothing", [], true],
    ["one after the other", [call(1, 2, { write: "a" }, "ok"), call(3, 4, "read", "a")], true],
    ["a read of what was before", [call(1, 2, { write: "a" }, "ok"), call(3, 4, "read", "0")], false],
    ["a read during a write, of either", [call(1, 6, { write: "a" }, "ok"), call(2, 3, "read", "0"), call(4, 5, "read", "a")], true],
    ["reads that go back", [call(1, 6, { write: "a" }, "ok"), call(2, 3, "read", "a"), call(4, 5, "read", "0")], false],
    [
      "two writes at once, read in one order",
      [call(1, 4, { write: "a" }, "ok"), call(2, 3, { write: "b" }, "ok"), call(5, 6, "read", "a"), call(7, 8, "read", "a")],
      true,
    ],
    [
      "two writes, read in both orders",
      [call(1, 4, { write: "a" }, "ok"), call(2, 3, { write: "b" }, "ok"), call(5, 6, "read", "a"), call(7, 8, "read", "b")],
      false,
    ],
    ["a value nobody wrote", [call(1, 2, "read", "x")], false],
  ])("%s", (_, calls, expected) => {
    expect(check(...calls)).toBe(expected);
    expect(check(...calls.toReversed())).toBe(expected);
  });
});
