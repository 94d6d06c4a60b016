// A client with a witness detects what is done to the log.

import { describe, expect, it, test, vi } from "vitest";
import { HONEST, json, LogConsole, look, refused, SIGNER } from "./log-console";
import { ORIGIN, receipt } from "./receipt-log";

test("the first checkpoint is trusted, and what is stored asks nothing", async () => {
  const console = new LogConsole();
  const client = console.client();
  for (let round = 0; round < 3; round += 1) {
    await look(client);
    console.wait();
  }
  expect(console.asked).toEqual(["sdk/log/checkpoint", "public/log-keys"]);
  expect(console.store.entries()).toEqual([
    { origin: ORIGIN, size: 10, note: await console.note(console.receipts), keys: [SIGNER.verifierKey] },
  ]);
});

test("a log that grows is asked about at intervals, and stored with proof", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  for (let size = 11; size < 40; size += 1) {
    console.receipts = HONEST.slice(0, size);
    await look(client);
    console.now += 5;
  }
  const sizes = Array.from({ length: 13 }, (_, at) => `?from=${13 + 2 * at}`);
  expect(console.asked).toEqual(["?from=10", ...sizes]);
  expect(console.kept).toEqual([[ORIGIN, 39]]);
});

test("an older checkpoint from a slower process proves nothing", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  console.shown = HONEST.slice(0, 7);
  console.wait();
  await look(client);
  expect(console.asked).toEqual(["?from=10"]);
  expect(console.kept).toEqual([[ORIGIN, 10]]);
});

test("an empty log is looked at again", async () => {
  const console = new LogConsole();
  console.receipts = [];
  const client = console.client();
  await look(client);
  await look(client);
  expect([console.asked, console.kept]).toEqual([["sdk/log/checkpoint"], []]);
  console.receipts = HONEST.slice(0, 1);
  console.wait();
  await look(client);
  expect(console.kept).toEqual([[ORIGIN, 1]]);
});

describe("is refused:", () => {
  it("a log that shrank, until it is whole again", async () => {
    const console = new LogConsole();
    const client = await console.witness();
    console.receipts = HONEST.slice(0, 7);
    console.wait();
    const found = await refused(client, "shrank");
    expect(found.message).toContain("(shrank): it had 10 receipts and now has 7");
    expect([found.kept, found.found]).toEqual([await console.note(HONEST.slice(0, 10)), await console.note(HONEST.slice(0, 7))]);
    // Silence doesn't help it now.
    console.evidence = () => json({}, 503);
    expect((await refused(client, "shrank")).found).toBe(found.found);
    console.evidence = null;
    console.receipts = HONEST.slice(0, 12);
    await look(client);
    expect(console.kept).toEqual([[ORIGIN, 12]]);
    expect(console.warnings).toEqual([]);
  });

  it("a log that is gone", async () => {
    const console = new LogConsole();
    const client = await console.witness();
    console.receipts = [];
    console.wait();
    expect((await refused(client, "shrank")).found).toBe(null);
  });

  it("a second signed checkpoint of one size, without asking", async () => {
    const console = new LogConsole();
    const client = await console.witness();
    console.shown = [...HONEST.slice(0, 9), receipt(99)];
    const found = await refused(client, "forked");
    expect(console.asked).toEqual([]);
    expect([found.kept, found.found]).toEqual([await console.note(HONEST.slice(0, 10)), await console.note(console.shown)]);
    console.shown = null;
    await look(client);
  });

  it("a log that was rewritten and grew", async () => {
    const console = new LogConsole();
    const client = await console.witness();
    console.receipts = [receipt(99), ...HONEST.slice(1, 20)];
    console.wait();
    expect((await refused(client, "forked")).message).toContain("first 10 receipts aren't the ones");
    expect(console.kept).toEqual([[ORIGIN, 10]]);
  });

  it.each([null, [], ["00".repeat(32)], ["00".repeat(31)]])("a larger checkpoint with the proof %j", async (proof) => {
    const console = new LogConsole();
    const client = await console.witness();
    console.shown = HONEST.slice(0, 20);
    const checkpoint = await console.note(console.shown);
    console.wait();
    console.evidence = () => json({ checkpoint, size: 20, consistency_proof: proof });
    await refused(client, "forked");
  });

  it("half a proof", async () => {
    const console = new LogConsole();
    const client = await console.witness();
    console.receipts = HONEST.slice(0, 20);
    console.wait();
    console.evidence = async (query) => {
      const shown = (await (await console.showLog("log/checkpoint", query)).json()) as { consistency_proof: string[] };
      return json({ ...shown, consistency_proof: shown.consistency_proof.slice(0, -1) });
    };
    await refused(client, "forked");
  });
});

describe("missing evidence is a warning, not tampering:", () => {
  it.each([
    ["an unavailable console", () => json({}, 503)],
    ["an older console", () => json({ code: "route_not_found" }, 404)],
    ["a checkpoint that isn't text", () => json({ checkpoint: 7 })],
    ["a proof that isn't in hex", () => json({ checkpoint: "x", consistency_proof: ["zz"] })],
    ["a proof that isn't a list", () => json({ checkpoint: "x", consistency_proof: "00" })],
    ["another's page", () => new Response("<html>", { headers: { "Content-Type": "text/html" } })],
    ["a response to another request", () => new Response("{}", { headers: { "Content-Type": "application/json", "DAAI-Call": "other" } })],
    ["a connection that breaks", () => Promise.reject(new TypeError("fetch failed"))],
  ])("%s", async (_, evidence) => {
    const console = new LogConsole();
    const client = await console.witness();
    Object.assign(console, { evidence, shown: HONEST.slice(0, 20) });
    console.wait();
    for (let round = 0; round < 5; round += 1) await look(client);
    // It is asked again after a while, in one attempt each time.
    console.wait();
    await look(client);
    expect(console.asked).toEqual(["?from=10", "?from=10"]);
    expect(console.kept).toEqual([[ORIGIN, 10]]);
    expect(console.warnings.map((text) => text.slice(0, 36))).toEqual(Array(2).fill("the receipt log couldn't be checked:"));
  });

  it("keys that aren't a list", async () => {
    const console = new LogConsole();
    console.evidence = (query) => (console.asked.length > 1 ? json({ keys: {} }) : console.showLog("log/checkpoint", query));
    await look(console.client());
    expect([console.kept, console.warnings.length]).toEqual([[], 1]);
  });

  it.each(["%%%", "/w==", Buffer.from("no note").toString("base64"), ""])("the checkpoint %j in a response", async (header) => {
    const console = new LogConsole();
    const client = await console.witness();
    console.header = header;
    await look(client);
    expect(console.asked).toEqual([]);
    console.wait();
    await look(client);
    expect([console.asked, console.warnings]).toEqual([["?from=10"], []]);
  });
});

test("evidence is waited for up to three seconds", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  console.wait();
  console.receipts = HONEST.slice(0, 11);
  const timers = vi.spyOn(globalThis, "setTimeout");
  await look(client);
  expect(timers.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([10_000, 3000]);
  timers.mockRestore();
});

test("a response to an earlier question doesn't end an alarm", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  console.receipts = HONEST.slice(0, 12);
  console.wait();
  let answer = () => {};
  const isAsked = new Promise<void>((resolve) => {
    console.evidence = async (query) => {
      const honest = await console.showLog("log/checkpoint", query);
      resolve();
      await new Promise<void>((end) => {
        answer = end;
      });
      return honest;
    };
  });
  const slow = look(client);
  await isAsked;
  console.evidence = null;
  console.receipts = HONEST.slice(0, 7);
  console.wait();
  await refused(client, "shrank");
  answer();
  await slow;
  console.evidence = () => json({}, 503);
  await refused(client, "shrank");
});
