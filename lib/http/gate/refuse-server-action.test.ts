import fc from "fast-check";
// @ts-expect-error what Next brings along has no types
import { encodeReply as encode } from "next/dist/compiled/react-server-dom-turbopack/client.browser";
import { describe, expect, it } from "vitest";
import { refuseServerAction } from "./refuse-server-action";

const encodeReply = encode as (args: readonly unknown[]) => Promise<string | FormData>;
const TYPE = "text/plain;charset=UTF-8";
const isTaken = (body: string | Uint8Array, type: string | undefined = TYPE) =>
  refuseServerAction(type, typeof body === "string" ? new TextEncoder().encode(body) : body) === null;

describe("the arguments of a server action", () => {
  it("may be any plain values, as pages encode them", async () => {
    const leaf = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constant(undefined),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom("$", "$$", "$1", "$undefined", "$K1"),
    );
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 3 }), async (args) => {
        const body = await encodeReply(args);
        expect([body, typeof body === "string" && isTaken(body)]).toEqual([body, true]);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    "",
    "{{{",
    "null",
    "7",
    '"x"',
    "{}",
    '["$1"]',
    '["$K1"]',
    '["$F1"]',
    '["$@1"]',
    '["$"]',
    `["$n${"9".repeat(10_000)}"]`,
    '["$D"]',
    '[{"a":["$Q2"]}]',
    "[".repeat(50_000),
    "[".repeat(50_000) + "]".repeat(50_000),
    `${"[".repeat(40)}${"]".repeat(40)}`,
    '[]x\n{"msg":"forged"}',
  ])("are refused when no page sends them: no. %#", (body) => {
    expect(isTaken(body)).toBe(false);
  });

  it("are refused in another form than pages send them in", () => {
    for (const type of [
      "multipart/form-data",
      "multipart/form-data; boundary=x",
      "application/x-www-form-urlencoded",
      "application/json",
      "",
      "text/plainly",
    ])
      expect([type, isTaken("[]", type)]).toEqual([type, false]);
    expect(isTaken(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d))).toBe(false);
    expect(isTaken("[]")).toBe(true);
  });
});
