import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { PAYLOAD_MAX_BYTES } from "@/lib/domain/access/limits";
import { makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { type ApiClient, INTERCEPT, MISSING_RUN, problemOf, runPath } from "./api-client";

const proposal = (payload: string, more = "") => `{"action":"export_report","payload":${payload}${more}}`;

const REFUSED_BODIES: [body: string, status: number, code: string][] = [
  ["", 400, "invalid_json"],
  ["{", 400, "invalid_json"],
  [`${proposal("{}")}x`, 400, "invalid_json"],
  [`\ufeff${proposal("{}")}`, 400, "invalid_json"],
  ["[]", 400, "not_an_object"],
  ["null", 400, "not_an_object"],
  ['"text"', 400, "not_an_object"],
  ["{}", 422, "validation_failed"],
  [proposal("[]"), 422, "validation_failed"],
  [proposal('"{}"'), 422, "validation_failed"],
  [proposal("null"), 422, "validation_failed"],
  [proposal("{}", ',"input":{}'), 422, "validation_failed"],
  [proposal("{}", ',"unknown":1'), 422, "validation_failed"],
  [proposal("{}", ',"idempotency_key":""'), 422, "validation_failed"],
  [proposal("{}", `,"idempotency_key":"${"x".repeat(257)}"`), 422, "validation_failed"],
  [proposal("{}", `,"reasoning":"${"x".repeat(2001)}"`), 422, "validation_failed"],
  [proposal("{}", `,"source":{"ref":"${"x".repeat(501)}"}`), 422, "validation_failed"],
  [proposal(`{"reasoning":"${"x".repeat(2001)}"}`), 422, "validation_failed"],
  [proposal(`{"source":{"ref":"${"x".repeat(501)}"}}`), 422, "validation_failed"],
  [proposal("{}", ',"claim":{"worker":""}'), 422, "validation_failed"],
  [proposal("{}", ',"claim":{"worker":"w","lease_seconds":4}'), 422, "validation_failed"],
  [proposal("{}", ',"claim":{"worker":"w","lease_seconds":3601}'), 422, "validation_failed"],
  [proposal("{}", ',"claim":{"worker":"w","lease_seconds":"60"}'), 422, "validation_failed"],
  ['{"action":"Export","payload":{}}', 422, "validation_failed"],
  ['{"action":["export_report"],"payload":{}}', 422, "validation_failed"],
  ['{"action":{"not":"x"},"payload":{}}', 422, "validation_failed"],
  [proposal('{"amount":9007199254740993}'), 422, "unsafe_number"],
  [proposal('{"amount":1e400}'), 422, "unsafe_number"],
  [proposal('{"amount":999.9999999999999999}'), 422, "unsafe_number"],
  [proposal('{"x":0e-16384}'), 422, "unsafe_number"],
  [proposal('{"x":[-0E999999999999]}'), 422, "unsafe_number"],
  [proposal(`{"x":1.${"0".repeat(16_000)}e-300}`), 422, "unsafe_number"],
  [proposal(`{"x":0.${"0".repeat(16_000)}e-100}`), 422, "unsafe_number"],
  [proposal('{"a":{"amount":1,"amount":2}}'), 422, "duplicate_member"],
  [proposal("{}", ',"payload":{}'), 422, "duplicate_member"],
  [proposal("{}", ',"\\u0061ction":"export_report"'), 422, "duplicate_member"],
  [proposal('{"__proto__":{"amount":1}}'), 422, "invalid_json_structure"],
  [proposal('{"constructor":{}}'), 422, "invalid_json_structure"],
  [proposal('{"a":"\\u0000"}'), 422, "invalid_json_structure"],
  [proposal('{"a":"\\ud800"}'), 422, "invalid_json_structure"],
  [proposal("[".repeat(40) + "]".repeat(40)), 422, "invalid_json_structure"],
];

export function describeBodies(api: () => ApiClient): void {
  describe("a body", () => {
    let mine: TestWorkspace;
    beforeAll(async () => {
      mine = await makeWorkspace();
      await makeAction(mine, { name: "export_report", policy: { type: "always_allow" } });
    });
    const send = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
      api().call("POST", INTERCEPT, body, { as: mine, headers });

    it.each(REFUSED_BODIES.map(([body, ...answer], i) => [`no. ${i}, ${body.slice(0, 80)}`, ...answer, body] as const))(
      "%s, is %i %s",
      async (_, status, code, body) => {
        const answer = await send(body);
        expect(problemOf(answer)).toEqual([status, code]);
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
        if (status !== 422) return;
        expect((answer.json as { errors: unknown[] }).errors).toEqual([{ path: expect.any(String), message: expect.any(String) }]);
      },
    );

    it("that is not UTF-8, or not declared as JSON, is refused", async () => {
      const latin1 = Buffer.from(proposal('{"name":"Müller"}'), "latin1");
      expect(problemOf(await send(latin1))).toEqual([400, "invalid_utf8"]);
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"]) {
        expect(problemOf(await send(proposal("{}"), { "Content-Type": type }))).toEqual([400, "unsupported_media_type"]);
      }
      expect(problemOf(await send(proposal("{}"), { "Content-Encoding": "gzip" }))).toEqual([415, "unsupported_content_encoding"]);
      expect((await send(proposal("{}"), { "Content-Type": "application/json; charset=UTF-8" })).status).toBe(200);
    });

    it("may be as large as the limit and no larger", async () => {
      const payload = (bytes: number) => `{"text":"${"x".repeat(bytes - 11)}"}`;
      expect((await send(proposal(payload(PAYLOAD_MAX_BYTES)))).status).toBe(200);
      const over = await send(proposal(payload(20_311)));
      expect(problemOf(over)).toEqual([413, "payload_too_large"]);
      expect(over.json).toMatchObject({ detail: "The payload is 20,311 bytes of JSON; the limit is 16,384.", limit: PAYLOAD_MAX_BYTES });
      expect(problemOf(await send(proposal(payload(PAYLOAD_MAX_BYTES + 1))))[1]).toBe("payload_too_large");
      expect(problemOf(await send(`{"action":"export_report","input":${payload(PAYLOAD_MAX_BYTES + 1)}}`))[1]).toBe("payload_too_large");
      expect(problemOf(await send(proposal(payload(2_000_000))))).toEqual([413, "body_too_large"]);
      const result = await api().post(runPath(MISSING_RUN, "report-executed"), `{"execution_result":${payload(PAYLOAD_MAX_BYTES + 1)}}`, {
        as: mine,
      });
      expect(problemOf(result)).toEqual([413, "result_too_large"]);
    });

    it("that is valid but as large as it can be is taken", async () => {
      const astral = (characters: number) => "\\ud83d\\ude00".repeat(characters);
      const result = `{"text":"${"x".repeat(PAYLOAD_MAX_BYTES - 11)}"}`;
      const report = `{"execution_error":"${astral(4000)}","execution_result":${result},"claim_token":"${astral(200)}"}`;
      expect(problemOf(await api().post(runPath(MISSING_RUN, "report-failed"), report, { as: mine }))).toEqual([404, "run_not_found"]);
    });

    it("keeps its payload to the letter", async () => {
      const text = '{ "amount" : 1.10, "n":1E2,\t"zero":-0.0, "name":"M\\u00fcller \\/ 😀" }';
      const answer = await send(proposal(text));
      expect(answer.status).toBe(200);
      const { action_run_id: id } = answer.json as { action_run_id: string };
      const run = await getDb().actionRun.findUniqueOrThrow({ where: { id } });
      expect(run.payloadText).toBe(text);
    });
  });
}
