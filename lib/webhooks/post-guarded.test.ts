import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import type { Resolve } from "./guarded-lookup";
import { type PostOptions, postGuarded } from "./post-guarded";

let receiver: WebhookReceiver;
/** Takes connections and says nothing; counts them. */
let silent: Server;
let connections = 0;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
  silent = createServer((socket) => {
    connections++;
    socket.on("error", () => {});
  }).listen(0, "127.0.0.1");
  await once(silent, "listening");
});
afterAll(async () => {
  await receiver.close();
  silent.close();
});

/** A name whose addresses are these, one after the other, the last one from then on. */
function flipping(...answers: string[][]): Resolve & { asked: number } {
  const resolve = Object.assign(
    ((_hostname, _options, callback) => {
      const addresses = answers[Math.min(resolve.asked++, answers.length - 1)] ?? [];
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    }) satisfies Resolve,
    { asked: 0 },
  );
  return resolve;
}

const portOf = (url: string) => new URL(url).port;
const post = (url: string, options: Partial<PostOptions> = {}) =>
  postGuarded(new URL(url), { headers: {}, body: "{}" }, { allowedRanges: [], ...options });
const silentPort = () => (silent.address() as AddressInfo).port;

test.each(["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "localhost"])(
  "%s is never connected to",
  async (host) => {
    const before = connections;
    expect(await post(`https://${host}:${silentPort()}/`)).toMatchObject({
      status: null,
      error: expect.stringContaining("resolve to an address the console may connect to"),
    });
    expect(connections).toBe(before);
  },
);

test("a name is looked up once, and what was checked is what is connected to", async () => {
  const before = connections;
  // Public at first, then this machine: a second look-up would have gone there.
  const rebinding = flipping(["203.0.113.9"], ["127.0.0.1"]);
  expect(await post(`https://rebinding.example:${silentPort()}/`, { resolve: rebinding })).toMatchObject({
    error: expect.stringContaining("rebinding.example"),
  });
  expect(rebinding.asked).toBe(1);
  expect(await post(`https://rebinding.example:${silentPort()}/`, { resolve: rebinding })).toMatchObject({
    error: expect.stringContaining("rebinding.example"),
  });
  expect(connections).toBe(before);
  // One address of several is enough to be left out.
  const mixed = flipping(["127.0.0.1", "10.0.0.1"]);
  const outcome = await post(`http://mixed.example:${portOf(receiver.url)}/`, { resolve: mixed, allowedRanges: ["127.0.0.1"] });
  expect(outcome).toMatchObject({ status: 204, error: null });
});

test("says the same of a name that nobody knows, one whose servers are silent, and one that leads inside", async () => {
  const failing =
    (code: string): Resolve =>
    (_hostname, _options, callback) =>
      callback(Object.assign(new Error(code), { code }), []);
  const outcomes = await Promise.all(
    [failing("ENOTFOUND"), failing("EAI_AGAIN"), flipping(["10.0.0.7"]), flipping([])].map((resolve) =>
      post("https://intranet.example/", { resolve }),
    ),
  );
  expect(new Set(outcomes.map(({ error }) => error)).size).toBe(1);
  expect(outcomes[0]?.error).toMatch(/^intranet\.example doesn't resolve to an address the console may connect to\. It may be unknown,/);
});

test("plain http goes to what the operator allows, and nowhere else", async () => {
  expect(await post("http://public.example/", { resolve: flipping(["1.1.1.1"]) })).toMatchObject({
    status: null,
    error: expect.stringContaining("public.example"),
  });
  expect(await post(receiver.url, { allowedRanges: ["127.0.0.0/8"] })).toMatchObject({ status: 204 });
});

test("a redirect is not followed; what hangs ends in time; a status is an answer, however its body comes", async () => {
  const options = { allowedRanges: ["127.0.0.1"], timeoutMs: 200 };
  receiver.received.length = 0;
  receiver.behave((answer) => answer.writeHead(307, { Location: `http://127.0.0.1:${silentPort()}/`, "Retry-After": "7" }).end());
  const before = connections;
  expect(await post(receiver.url, options)).toMatchObject({ status: 307, retryAfterSeconds: 7 });
  expect(connections).toBe(before);
  expect(await post(`http://127.0.0.1:${silentPort()}/`, options)).toMatchObject({ status: null, error: "There was no response in time." });
  receiver.behave((answer) => {
    answer.writeHead(200);
    answer.write("half\0");
  });
  expect(await post(receiver.url, options)).toMatchObject({ status: 200, body: "half\ufffd" });
});
