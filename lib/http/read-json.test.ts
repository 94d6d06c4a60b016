import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeApiRequest } from "@/lib/testing/make-api-request";
import { PROBLEM_STATUSES } from "./problem-statuses";
import { parseJsonObject, readJson } from "./read-json";

const MAX_BYTES = 1000;

async function codeOf(body: Uint8Array | string, headers?: Record<string, string>): Promise<string> {
  const result = await readJson(makeApiRequest({ body, ...(headers && { headers }) }), MAX_BYTES);
  return result.ok ? "ok" : result.code;
}

describe("readJson", () => {
  it.each(["application/json", "application/json; charset=utf-8", 'application/json;charset="UTF-8"', "Application/JSON ; Charset=utf-8 "])(
    "reads %s",
    async (type) => {
      expect(await codeOf("{}", { "content-type": type })).toBe("ok");
    },
  );

  it.each([
    "text/json",
    "application/json; charset=latin1",
    "application/json; charset=utf-16",
    "application/problem+json",
    "application/jsonx",
    "application/json, text/plain",
    "application/x-www-form-urlencoded",
    "",
  ])("refuses %j", async (type) => {
    expect(await codeOf("{}", { "content-type": type })).toBe("unsupported_media_type");
  });

  it("refuses a body without a type, and an encoded one", async () => {
    expect(await codeOf("{}", {})).toBe("unsupported_media_type");
    const encoded = (encoding: string) => codeOf("{}", { "content-type": "application/json", "content-encoding": encoding });
    expect(await encoded("gzip")).toBe("unsupported_content_encoding");
    expect(await encoded("identity, br")).toBe("unsupported_content_encoding");
    expect(await encoded("identity")).toBe("ok");
    expect(PROBLEM_STATUSES.unsupported_content_encoding).toBe(415);
  });

  it("refuses a body over the limit, naming it", async () => {
    expect(await codeOf(`{"a":"${"x".repeat(MAX_BYTES - 8)}"}`)).toBe("ok");
    expect(await readJson(makeApiRequest({ body: `{"a":"${"x".repeat(MAX_BYTES - 7)}"}` }), MAX_BYTES)).toEqual({
      ok: false,
      code: "body_too_large",
      detail: "The body is larger than 1,000 bytes. Send less.",
      fields: { limit: MAX_BYTES },
    });
  });

  it.each([
    ["", "invalid_json"],
    [" ", "invalid_json"],
    ["{", "invalid_json"],
    ["{'a':1}", "invalid_json"],
    ['{"a":1,}', "invalid_json"],
    ['{"a":NaN}', "invalid_json"],
    ['{"a":01}', "invalid_json"],
    ['{"a":"\t"}', "invalid_json"],
    ["{} {}", "invalid_json"],
    ["\ufeff{}", "invalid_json"],
    ["[]", "not_an_object"],
    ["null", "not_an_object"],
    ['"{}"', "not_an_object"],
    ["12", "not_an_object"],
    ['{"a":1,"a":1}', "duplicate_member"],
    ['{"a":12345678901234567890}', "unsafe_number"],
    ['{"__proto__":{}}', "invalid_json_structure"],
    ['{"a":"\\u0000"}', "invalid_json_structure"],
  ])("answers %j with %s", async (body, code) => {
    expect(await codeOf(body)).toBe(code);
  });

  it.each([[[0x7b, 0xff, 0x7d]], [[0xc0, 0x80]], [[0x22, 0xed, 0xa0, 0x80, 0x22]], [[0xff, 0xfe, 0x7b, 0x00]]])(
    "refuses the bytes %j as no UTF-8",
    async (bytes) => {
      expect(await codeOf(Uint8Array.from(bytes))).toBe("invalid_utf8");
    },
  );

  it("says where and what to do", () => {
    expect(parseJsonObject(new TextEncoder().encode('{"payload":{"items":[{"amount":1e999}]}}'))).toEqual({
      ok: false,
      code: "unsafe_number",
      detail: "payload.items.0.amount contains a number that can't be stored exactly; send it as a string.",
      fields: {
        errors: [
          {
            path: "payload.items.0.amount",
            message: "payload.items.0.amount contains a number that can't be stored exactly; send it as a string.",
          },
        ],
      },
    });
  });

  it("keeps a huge place short", () => {
    const name = "n".repeat(500);
    const result = parseJsonObject(new TextEncoder().encode(`{"${name}":1e999}`));
    expect(result.ok ? "" : result.detail.length).toBeLessThan(300);
  });

  it("takes or refuses any bytes, and what it takes is what JSON.parse reads", () => {
    const valid = fc.json({ maxDepth: 4 }).map((text) => new TextEncoder().encode(`{"value":${text}}`));
    const mutated = fc
      .tuple(valid, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }))
      .map(([bytes, edits]) => {
        const copy = Uint8Array.from(bytes);
        for (const [at, value] of edits) copy[at % copy.length] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(valid, mutated, fc.uint8Array({ maxLength: 100 })), (bytes) => {
        const result = parseJsonObject(bytes);
        if (!result.ok) return;
        const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
        expect(result.value).toEqual(JSON.parse(text));
        for (const [name, memberText] of Object.entries(result.memberText)) {
          expect(text).toContain(memberText);
          expect(JSON.parse(memberText)).toEqual(result.value[name]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
