import { describe, expect, it } from "vitest";
import { z } from "zod";
import { makeApiRequest } from "@/lib/testing/make-api-request";
import { BODY_MAX_BYTES, type MemberLimit, parseBody } from "./parse-body";

const limit: MemberLimit = { members: ["payload", "input"], maxBytes: 16_384, code: "payload_too_large", noun: "payload" };
const schema = z.strictObject({ payload: z.looseObject({}).optional(), input: z.looseObject({}).optional(), name: z.string() });

const parse = (body: string) => parseBody(makeApiRequest({ body }), { schema, limits: [limit] });

describe("parseBody", () => {
  it("gives the body and the exact text of its members", async () => {
    expect(await parse('{"name":"n", "payload": { "amount": 1.10 } }')).toEqual({
      ok: true,
      body: { name: "n", payload: { amount: 1.1 } },
      memberText: { name: '"n"', payload: '{ "amount": 1.10 }' },
    });
  });

  it.each(["payload", "input"])("measures %s in bytes of its exact text", async (member) => {
    const body = (bytes: number) => `{"name":"n","${member}":${"{".padEnd(bytes - 1, " ")}}}`;
    expect(await parse(body(16_384))).toMatchObject({ ok: true });
    expect(await parse(body(20_311))).toEqual({
      ok: false,
      code: "payload_too_large",
      detail: "The payload is 20,311 bytes of JSON; the limit is 16,384.",
      fields: { limit: 16_384 },
    });
    expect(await parse(`{"name":"n","${member}":{"a":"${"ü".repeat(8189)}"}}`)).toMatchObject({ code: "payload_too_large" });
  });

  it("refuses a body that no valid request can have", async () => {
    expect(await parse(" ".repeat(BODY_MAX_BYTES + 1))).toMatchObject({ code: "body_too_large", fields: { limit: BODY_MAX_BYTES } });
  });

  it("names each wrong field", async () => {
    const result = await parse('{"name":1,"extra":true}');
    expect(result).toMatchObject({ code: "validation_failed", detail: "Several fields are invalid. See errors." });
    expect(result.ok ? [] : result.fields?.errors).toEqual([
      { path: "name", message: "name must be a string." },
      { path: "extra", message: "extra is not a field of this request. Remove it." },
    ]);
    expect(await parse("{}")).toMatchObject({ code: "validation_failed", detail: "name is required." });
  });
});
