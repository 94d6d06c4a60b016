import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JSON_MAX_DEPTH, scanJson, storageProblem } from "./json-scanner";

function flawCode(text: string): string | null {
  JSON.parse(text); // the scanner is for valid texts
  return scanJson(text, { problemOf: storageProblem }).flaw?.code ?? null;
}

/** Numbers as JSON.stringify prints them, members that are allowed: nothing to find. */
const cleanName = fc
  .string({ unit: "grapheme" })
  .filter((name) => !["__proto__", "constructor", "prototype"].includes(name) && !name.includes("\0"));
const cleanValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value)),
    fc.string({ unit: "binary" }).filter((value) => !value.includes("\0")),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(cleanName, tie("value"), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;
const cleanObject = fc.dictionary(cleanName, cleanValue, { maxKeys: 6, noNullPrototype: true });
const indent = fc.constantFrom("", " ", "\t", "\r\n ");

describe("scanJson", () => {
  it("finds nothing in what JSON.stringify makes, and cuts out each member", () => {
    fc.assert(
      fc.property(cleanObject, indent, (object, space) => {
        const text = JSON.stringify(object, null, space);
        const { flaw, memberText } = scanJson(space + text + space, { problemOf: storageProblem });
        expect(flaw).toBeNull();
        expect(Object.keys(memberText).sort()).toEqual(Object.keys(JSON.parse(text) as object).sort());
        for (const [name, value] of Object.entries(memberText)) {
          expect(value).toBe(value.trim());
          expect(JSON.parse(value)).toEqual((JSON.parse(text) as Record<string, unknown>)[name]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("reads escaped names and strings as JSON.parse does", () => {
    const escaped = (value: string): string =>
      `"${Array.from({ length: value.length }, (_, i) => `\\u${value.charCodeAt(i).toString(16).padStart(4, "0")}`).join("")}"`;
    fc.assert(
      fc.property(cleanName, cleanName, (first, second) => {
        fc.pre(first !== second);
        const text = `{${escaped(first)}:${escaped(second)},${JSON.stringify(second)}:[${escaped(first)}]}`;
        expect(scanJson(text)).toEqual({
          flaw: null,
          memberText: { [first]: escaped(second), [second]: `[${escaped(first)}]` },
        });
        expect(flawCode(`{${escaped(first)}:1,${JSON.stringify(first)}:1}`)).toBe("duplicate_member");
      }),
    );
  });

  it("keeps the exact text of members", () => {
    expect(scanJson(' { "payload" : {"amount": 1.10, "n":\t1e2} ,"x\\"y":"a\\\\", "list":[ ] }').memberText).toEqual({
      payload: '{"amount": 1.10, "n":\t1e2}',
      'x"y': '"a\\\\"',
      list: "[ ]",
    });
    expect(scanJson("{}").memberText).toEqual({});
  });

  it("finds duplicate members at any depth, comparing decoded names", () => {
    expect(scanJson('{"a":1,"\\u0061":2}').flaw).toMatchObject({ code: "duplicate_member", path: ["a"] });
    expect(scanJson('{"a":[{},{"b":{"c":1,"d":2,"c":3}}]}').flaw).toMatchObject({
      code: "duplicate_member",
      path: ["a", 1, "b", "c"],
    });
    expect(flawCode('{"a":{"a":1},"b":{"a":1}}')).toBeNull();
    expect(flawCode('{"A":1,"a":2,"":3}')).toBeNull();
  });

  it("refuses a mutated text that says one member twice", () => {
    fc.assert(
      fc.property(cleanObject, cleanName, cleanValue, indent, (object, name, value, space) => {
        const member = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
        const rest = JSON.stringify(object, null, space).slice(1);
        fc.pre(Object.keys(object).length > 0);
        expect(flawCode(`{${member},${space}${member},${rest}`)).toBe("duplicate_member");
      }),
    );
  });

  it.each(["__proto__", "constructor", "prototype", "\\u005f_proto__"])("refuses a member named %s", (name) => {
    expect(flawCode(`{"a":[{"${name}":{}}]}`)).toBe("invalid_json_structure");
  });

  it.each(['"\\u0000"', '"a\\ud800"', '"\\udc00\\ud800"', '"\\ud83d x \\ude00"'])("refuses the string %s", (text) => {
    expect(scanJson(`{"a":${text}}`, { problemOf: storageProblem }).flaw).toMatchObject({ code: "invalid_json_structure", path: ["a"] });
    expect(scanJson(`{"a":{${text}:1}}`, { problemOf: storageProblem }).flaw).toMatchObject({
      code: "invalid_json_structure",
      path: ["a"],
    });
  });

  it("takes any string where texts are only read, and still finds what follows", () => {
    expect(scanJson('{"a":"\\u0000","b\\ud800":["\\udc00"]}').flaw).toBeNull();
    expect(scanJson('{"a":"\\u0000","b":1,"b":2}').flaw).toMatchObject({ code: "duplicate_member", path: ["b"] });
  });

  it("takes whole surrogate pairs, escaped or not", () => {
    expect(flawCode('{"a":"\\ud83d\\ude00","😀":"😀","b":"\\ud83d\\uDE00x\\u00e9"}')).toBeNull();
  });

  it("takes exactly the allowed depth", () => {
    const nested = (depth: number): string => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    expect(flawCode(nested(JSON_MAX_DEPTH))).toBeNull();
    expect(flawCode(nested(JSON_MAX_DEPTH + 1))).toBe("invalid_json_structure");
    expect(flawCode(nested(30_000))).toBe("invalid_json_structure");
    expect(flawCode(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`)).toBe("invalid_json_structure");
    expect(scanJson(nested(JSON_MAX_DEPTH + 1)).flaw?.path).toEqual(["a", ...Array<number>(JSON_MAX_DEPTH - 1).fill(0)]);
  });

  it("names the place of a number that cannot be kept", () => {
    expect(scanJson('{"payload":{"items":[1,{"amount":9007199254740993}]}}').flaw).toMatchObject({
      code: "unsafe_number",
      path: ["payload", "items", 1, "amount"],
    });
    expect(flawCode('{"a":1e400}')).toBe("unsafe_number");
    expect(flawCode("[1,2,-3.5]")).toBeNull();
  });
});
