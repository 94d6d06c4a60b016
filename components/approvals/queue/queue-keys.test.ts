import { describe, expect, test } from "vitest";
import { type KeyPlace, type PressedKey, QUEUE_KEYS, type QueueCommand, queueCommand, type Typed, typedBy } from "./queue-keys";

const press = (key: string, keys: Partial<PressedKey> = {}, place: Partial<KeyPlace> = {}) =>
  queueCommand(
    { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isRepeat: false, isComposing: false, ...keys },
    { focus: "page", armed: null, isCommentEmpty: true, typed: "nothing", isElsewhere: false, ...place },
  );

describe("queueCommand", () => {
  test.each([
    ["j", "next"],
    ["J", "next"],
    ["X", "select"],
    ["k", "previous"],
    ["a", "approve"],
    ["r", "reject"],
    ["b", "block"],
    ["c", "comment"],
    ["/", "search"],
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

  test.each([
    ["X", "select-all"],
    ["A", "approve-selected"],
    ["R", "reject-selected"],
    ["B", "block-selected"],
    ["J", "next"],
    ["?", "help"],
    ["/", "search"],
  ])("Shift and %s is %s, and nothing within a text", (key, command) => {
    expect(press(key, { shiftKey: true })).toBe(command);
    expect(press(key, { shiftKey: true }, { focus: "comment" })).toBeNull();
    if (command.endsWith("selected")) expect(press(key, { shiftKey: true }, { typed: "words" })).toBeNull();
  });

  test.each(["comment", "field"] as const)("letters are letters in a %s; Escape leaves it", (focus) => {
    for (const key of ["j", "k", "a", "r", "b", "c", "x", "?", " "])
      for (const armed of [null, "reject"] as const) expect(press(key, {}, { focus, armed })).toBeNull();
    expect(press("Escape", {}, { focus })).toBe("leave-field");
  });

  test("combinations, input methods and open dialogs keep their keys", () => {
    for (const modifier of ["ctrlKey", "metaKey", "altKey", "isComposing"]) expect(press("a", { [modifier]: true })).toBeNull();
    for (const key of ["Escape", "a", "Enter"]) expect(press(key, {}, { isElsewhere: true, armed: "approve" })).toBeNull();
  });

  test("each key that the help names does something", () => {
    const named = QUEUE_KEYS.flatMap(({ keys }) => keys).filter((key) => !key.includes("Enter"));
    const commands = named.map((key) =>
      key.startsWith("Shift ") ? press(key.slice(6), { shiftKey: true }) : press(key === "Esc" ? "Escape" : key),
    );
    expect(commands).not.toContain(null);
    expect(new Set(commands).size).toBe(new Set(named).size);
  });
});

describe("what is armed", () => {
  test.each(["approve", "block"] as const)("%s is pressed by Enter alone; every letter and the space bar disarm it", (armed) => {
    const place = { focus: "answer", armed, typed: "words" } as const;
    expect(press("Enter", {}, place)).toBe("press");
    for (const key of ["a", "b", "r", "j", "x", "c", "?", "q", "é", " "]) expect(press(key, {}, place)).toBe("dead");
    expect(press("Enter", { isRepeat: true }, place)).toBe("dead");
    for (const modifier of ["ctrlKey", "metaKey", "altKey"]) expect(press("Enter", { [modifier]: true }, place)).toBe("dead");
  });

  test("in the comment, Enter sends only while there are no words; Ctrl or Cmd and Enter always do", () => {
    const place = { focus: "comment", armed: "reject" } as const;
    expect(press("Enter", {}, place)).toBe("send");
    expect(press("Enter", { shiftKey: true }, place)).toBeNull();
    expect(press("Enter", {}, { ...place, isCommentEmpty: false })).toBeNull();
    expect(press("Enter", {}, { focus: "comment" })).toBeNull();
    for (const modifier of ["ctrlKey", "metaKey"])
      expect(press("Enter", { [modifier]: true }, { ...place, isCommentEmpty: false })).toBe("send");
    expect(press("Enter", { ctrlKey: true, isRepeat: true }, { ...place, isCommentEmpty: false })).toBeNull();
    expect(press("r", { isRepeat: true }, place)).toBe("dead");
  });

  test("a button reached by Tab is an ordinary button, but not for the rest of a text, nor for a key that is held down", () => {
    for (const key of ["Enter", " "]) {
      expect(press(key, {}, { focus: "answer" })).toBeNull();
      expect(press(key, { isRepeat: true }, { focus: "answer" })).toBe("dead");
      for (const typed of ["words", "moves"] as const) expect(press(key, {}, { focus: "answer", typed })).toBe("dead");
    }
  });
});

/** The keys one after the other, faster than anyone thinks, as the queue takes them: what they would decide, and what became a comment. */
function type(text: string, start: Partial<KeyPlace> = {}): { decided: QueueCommand[]; comment: string } {
  let place: KeyPlace = { focus: "page", armed: null, isCommentEmpty: true, typed: "nothing", isElsewhere: false, ...start };
  const decided: QueueCommand[] = [];
  let comment = "";
  for (const character of text) {
    const key = character === "\n" ? "Enter" : character;
    const command = press(key, {}, place);
    const typed: Typed = typedBy(key, command) ?? place.typed;
    if (command === "press" || command === "send") decided.push(command);
    // A button that nothing has swallowed the key of is pressed by the browser.
    if (command === null && place.focus === "answer" && (key === "Enter" || key === " ")) decided.push("press");
    if (command === null && place.focus === "comment") comment += character;
    if (command === "approve" || command === "block") place = { ...place, focus: "answer", armed: command };
    if (command === "reject") place = { ...place, focus: "comment", armed: command };
    if (command === "comment") place = { ...place, focus: "comment" };
    if (command === "dead" && place.focus !== "comment") place = { ...place, focus: "page", armed: null };
    place = { ...place, typed, isCommentEmpty: comment === "" };
  }
  return { decided, comment };
}

describe("typed text", () => {
  test.each([
    "Paid as agreed already, so no\n",
    "a \n",
    "approve\n",
    "Block this \n\n",
    "bar\n",
    "ab\n",
    "ba \n",
    "aa\n",
    "ja\n",
    "no, pay a\n",
    "x a\n",
    "  a\n",
  ])("%j decides nothing", (text) => {
    expect(type(text).decided).toEqual([]);
    expect(type(text, { focus: "page", typed: "words" }).decided).toEqual([]);
  });

  test("after R it is the comment, whatever it is", () => {
    expect(type("ra ")).toEqual({ decided: [], comment: "a " });
    expect(type("rPaid as agreed already, so no\nReally.")).toEqual({ decided: [], comment: "Paid as agreed already, so no\nReally." });
  });

  test("no text of several characters decides anything, from wherever it is typed", () => {
    const alphabet = ["a", "r", "b", "j", "k", "x", "c", "q", " ", "\n", "?"];
    // All texts of four keys; a letter and Enter after it is the command itself.
    const texts = alphabet.flatMap((a) => alphabet.flatMap((b) => alphabet.flatMap((c) => alphabet.map((d) => a + b + c + d))));
    const isCommand = (text: string) => /^[arb]\n/.test(text);
    const deciding = texts.filter((text) => !isCommand(text) && type(text).decided.length > 0);
    expect(deciding).toEqual([]);
    // A command decides once, and what follows it decides nothing more.
    expect(texts.filter((text) => isCommand(text) && type(text).decided.length > 1 && !/^[arb]\n\n/.test(text))).toEqual([]);
  });
});
