import { runInNewContext } from "node:vm";
import { describe, expect, it, test } from "vitest";
import { DaaiPayloadError } from "../src/errors";
import { errorText, reportable } from "../src/outcome";
import { jsonObject } from "../src/payload";
import { payloadHash } from "../src/payload-hash";

class Money {
  constructor(private readonly cents: number) {}
  toJSON() {
    return (this.cents / 100).toFixed(2);
  }
}

class Itself {
  toJSON() {
    return this;
  }
}

class Another {
  toJSON() {
    return new Another();
  }
}

class Plain {
  readonly a = 1;
}

describe("the JSON form of a value", () => {
  it.each([
    ["a safe bigint", 5n, 5],
    ["the largest bigint", 2n ** 53n - 1n, 9007199254740991],
    ["a Date", new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)), "2026-01-02T03:04:05.678Z"],
    ["a Map", new Map([["a", new Map([["b", 1]])]]), { a: { b: 1 } }],
    ["toJSON", new Money(1250), "12.50"],
    ["a URL", new URL("https://example.com/"), "https://example.com/"],
    ["members that are undefined", { a: undefined, b: 1 }, { b: 1 }],
    ["an object without a prototype", Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }],
    ["an object of another realm", runInNewContext("({ a: [1] })"), { a: [1] }],
    ["negative zero", -0, 0],
  ])("%s", (_, value, form) => {
    expect(JSON.stringify(jsonObject({ value }, "payload"))).toBe(JSON.stringify({ value: form }));
  });

  it.each([
    ["undefined in a list", [1, undefined], "payload.value[1]", "undefined"],
    ["a hole in a list", Object.assign([1], { 2: 3 }), "payload.value[1]", "undefined"],
    ["a Set", new Set([1]), "payload.value", "Set"],
    ["a function", () => 1, "payload.value", "function"],
    ["a symbol", Symbol("s"), "payload.value", "symbol"],
    ["a promise", Promise.resolve(1), "payload.value", "Promise"],
    ["an object of a class", new Plain(), "payload.value", "Plain"],
    ["bytes", new Uint8Array(2), "payload.value", "Uint8Array"],
    ["a bigint beyond 2^53 - 1", -(2n ** 53n), "payload.value", "send it as a string"],
    ["an integer beyond 2^53 - 1", 1e300, "payload.value", "send it as a string"],
    ["an invalid Date", new Date(Number.NaN), "payload.value", "invalid Date"],
    ["a Map with a number as key", new Map([[1, 2]]), "payload.value", "number"],
    ["a toJSON that returns its object", { a: new Itself() }, "payload.value.a", "in total"],
    ["a toJSON that always returns another object", { a: new Another() }, "payload.value.a", "in total"],
    ["an odd name", { "a b": { c: Number.NaN } }, 'payload.value["a b"].c', "NaN"],
  ])("rejects %s", (_, value, path, problem) => {
    expect(() => jsonObject({ value }, "payload")).toThrow(expect.objectContaining({ path, problem: expect.stringContaining(problem) }));
  });

  it("doesn't follow a small structure that refers to itself again and again", () => {
    const wide: unknown[] = [];
    let list: unknown[] = [];
    for (let level = 0; level < 25; level += 1) list = [list, list];
    wide.push(list);
    expect(() => jsonObject({ wide }, "payload")).toThrow(DaaiPayloadError);
  });
});

test("a toJSON that never ends takes no stack", () => {
  const atDepth = (depth: number, act: () => void): void => (depth > 0 ? atDepth(depth - 1, act) : act());
  let deepest = 0;
  try {
    for (;;) {
      atDepth(deepest + 1_000, () => undefined);
      deepest += 1_000;
    }
  } catch {
    // As much of the stack as there is.
  }
  const convert = () => jsonObject({ a: new Itself() }, "payload");
  expect(() => atDepth(deepest - 1_000, convert)).toThrow(expect.objectContaining({ name: "DaaiPayloadError", path: "payload.a" }));
});

test("payloads that are equal have one hash, whatever they were made of", async () => {
  const hashes = [
    new Map<string, unknown>([
      ["b", 2n],
      ["a", [1]],
    ]),
    { a: [1], b: 2, c: undefined },
  ].map((payload) => payloadHash(jsonObject(payload, "payload")));
  expect(new Set(await Promise.all(hashes)).size).toBe(1);
});

test("whatever was returned can be reported", () => {
  expect(reportable(undefined)).toEqual({});
  expect(reportable(new Map([["a", 1]]))).toEqual({ a: 1 });
  expect(reportable(new Date(0))).toEqual({ result: "1970-01-01T00:00:00.000Z" });
  expect(reportable(new Plain())).toEqual({ result_omitted: "execution_result.result is of type Plain, which has no JSON form" });
  const hostile = {
    toJSON() {
      throw new Error("no");
    },
  };
  expect(reportable({ hostile })).toEqual({ result_omitted: "execution_result can't be read: Error: no" });
});

class RefundError extends Error {}

test("whatever was thrown can be reported", () => {
  expect(errorText(new TypeError("boom"))).toBe("TypeError: boom");
  expect(errorText("boom")).toBe("boom");
  expect(errorText(new RangeError())).toBe("RangeError");
  expect(errorText(new RefundError("boom"))).toBe("RefundError: boom");
  expect(errorText(new RefundError())).toBe("RefundError");
  expect(errorText(Object.assign(new RefundError("boom"), { name: "Refund" }))).toBe("Refund: boom");
  expect(errorText(new (class extends Error {})("boom"))).toBe("Error: boom");
  expect(errorText(Object.create(null))).toBe("an error whose message can't be shown");
});
