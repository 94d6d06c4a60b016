import { describe, expect, test } from "vitest";
import { QUEUE_KEYS, queueCommand, type PressedKey } from "./queue-keys";

const press = (key: string, rest: Partial<PressedKey> = {}) =>
  queueCommand({ key, ctrlKey: false, metaKey: false, altKey: false, isInField: false, isElsewhere: false, ...rest });

describe("queueCommand", () => {
  test.each([
    ["j", "next"],
    ["J", "next"],
    ["k", "previous"],
    ["a", "approve"],
    ["r", "reject"],
    ["b", "block"],
    ["x", "select"],
    ["?", "help"],
    ["Escape", "clear"],
    ["Enter", null],
    [" ", null],
    ["q", null],
    ["Tab", null],
    ["constructor", null],
  ])("%s is %s", (key, command) => {
    expect(press(key)).toBe(command);
  });

  test("letters are letters while something is typed; Escape leaves the field", () => {
    for (const key of ["j", "k", "a", "r", "b", "x", "?"]) expect(press(key, { isInField: true })).toBeNull();
    expect(press("Escape", { isInField: true })).toBe("leave-field");
  });

  test("combinations and open dialogs keep their keys", () => {
    for (const modifier of ["ctrlKey", "metaKey", "altKey", "isElsewhere"]) expect(press("a", { [modifier]: true })).toBeNull();
    expect(press("Escape", { isElsewhere: true })).toBeNull();
  });

  test("each key that the help names does something", () => {
    const named = QUEUE_KEYS.flatMap(({ keys }) => keys).filter((key) => key !== "Enter");
    expect(named.filter((key) => press(key === "Esc" ? "Escape" : key) === null)).toEqual([]);
  });
});
