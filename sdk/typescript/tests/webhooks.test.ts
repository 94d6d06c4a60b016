import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { verifyWebhook, WebhookVerificationError } from "../src/index";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER = `whsec_${btoa("x".repeat(32))}`;
const BODY = '{"type":"run.decided","timestamp":"2026-11-26T10:00:00.000Z","data":{"action_run_id":"r-1"}}';
const SENT_AT = 1_614_265_330;
const options = { now: () => SENT_AT * 1000 };

const sign = (body = BODY, secret = SECRET, at = SENT_AT) => new Webhook(secret).sign("msg_1", new Date(at * 1000), body);
const headers = (signature = sign(), at: number | string = SENT_AT) => ({
  "Webhook-Id": "msg_1",
  "WEBHOOK-TIMESTAMP": String(at),
  "webhook-signature": signature,
});

test("an event is read, from text or bytes, with headers of any kind", async () => {
  const event = {
    id: "msg_1",
    type: "run.decided",
    timestamp: "2026-11-26T10:00:00.000Z",
    data: { action_run_id: "r-1" },
    actionRunId: "r-1",
  };
  const bytes = new TextEncoder().encode(BODY);
  for (const body of [BODY, bytes, bytes.buffer]) expect(await verifyWebhook(body, headers(), SECRET, options)).toEqual(event);
  expect(await verifyWebhook(BODY, new Headers(headers()), SECRET, options)).toEqual(event);
  const web = new Headers(headers());
  expect(await verifyWebhook(BODY, { get: (name: string) => web.get(name) ?? undefined }, SECRET, options)).toEqual(event);
});

test("the vector of the specification is signed as it says", async () => {
  const given = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  // Its body is no event of the console, which is found out after the signature was believed.
  await expect(verifyWebhook('{"test": 2432232314}', given, SECRET, options)).rejects.toThrow("isn't an event");
});

test("one of several signatures and secrets is enough", async () => {
  const both = `v1a,AAAA v1,!! ${sign(BODY, OTHER)} ${sign()}`;
  expect((await verifyWebhook(BODY, headers(both), SECRET, options)).id).toBe("msg_1");
  expect((await verifyWebhook(BODY, headers(), [OTHER, SECRET], options)).id).toBe("msg_1");
  await expect(verifyWebhook(BODY, headers(), OTHER, options)).rejects.toThrow("no signature");
});

test.each([
  [{}, BODY, "webhook-id is missing"],
  [headers("v1,AAAA"), BODY, "no signature"],
  [headers("nonsense"), BODY, "no signature"],
  [headers(), `${BODY} `, "no signature"],
  [headers(sign(BODY, SECRET, SENT_AT - 301), SENT_AT - 301), BODY, "301 s behind this clock"],
  [headers(sign(BODY, SECRET, SENT_AT + 301), SENT_AT + 301), BODY, "301 s ahead of this clock"],
  [headers(sign("[]")), "[]", "isn't an event"],
  [headers(sign("{")), "{", "isn't an event"],
  [headers(), new Uint8Array([0xff]), "isn't UTF-8"],
])("everything else is refused (%#)", async (given, body, problem) => {
  const verifying = verifyWebhook(body, given, SECRET, options);
  await expect(verifying).rejects.toThrow(WebhookVerificationError);
  await expect(verifying).rejects.toThrow(problem);
});

test.each([["", "whsec_", "whsec_!!", []].map((secret) => [secret] as const)].flat())(
  "a secret that is none is said to be (%j)",
  async (secret) => {
    await expect(verifyWebhook(BODY, headers(), secret, options)).rejects.toThrow("secret");
  },
);

test("the tolerance can be changed", async () => {
  const old = headers(sign(BODY, SECRET, SENT_AT - 5000), SENT_AT - 5000);
  expect((await verifyWebhook(BODY, old, SECRET, { ...options, toleranceSeconds: 86_400 })).type).toBe("run.decided");
});
