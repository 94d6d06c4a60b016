import { describe, expect, it } from "vitest";
import { approve, fakeConsole } from "./fake-console";
import { clientOf, pathsOf } from "./test-client";

describe("governed", () => {
  it("proposes the call's only argument, and calls with what it was called with", async () => {
    const console = fakeConsole();
    const refund = clientOf(console).governed(
      "refund",
      { idempotencyKey: ({ order }) => `refund:${order}` },
      async (call: { order: string }) => {
        await Promise.resolve();
        return call.order.length;
      },
    );
    expect(await refund({ order: "4711" })).toBe(4);
    expect(console.runs[0]).toMatchObject({ payload: { order: "4711" }, key: "refund:4711", report: { execution_result: { result: 4 } } });
  });

  it("proposes a function of the arguments", async () => {
    const console = fakeConsole();
    const refund = clientOf(console).governed(
      "refund",
      { payload: (order, amount) => ({ order, amount }) },
      (_: string, amount: number) => amount,
    );
    expect(await refund("4711", 80)).toBe(80);
    expect(console.runs[0]?.payload).toEqual({ order: "4711", amount: 80 });
  });

  it("proposes nothing that it has no payload for", async () => {
    const console = fakeConsole();
    const two = clientOf(console).governed("a", {}, (_: object, __: object) => 1);
    await expect(two({}, {})).rejects.toThrow("pass payload");
    expect(console.requests).toEqual([]);
  });

  it.each([undefined, null, "", Promise.resolve("k")])("proposes nothing if the function for the key returns %o", async (key) => {
    const console = fakeConsole();
    const governed = clientOf(console).governed("a", { payload: {}, idempotencyKey: () => key as string }, () => 1);
    await expect(governed()).rejects.toThrow(expect.objectContaining({ name: "DaaiPayloadError", path: "idempotency_key" }));
    expect(console.requests).toEqual([]);
  });

  it("refuses generators, which run only as they are consumed", () => {
    const client = clientOf(fakeConsole());
    expect(() => client.governed("a", { payload: {} }, function* () {})).toThrow("generator");
    expect(() => client.governed("a", { payload: {} }, async function* () {})).toThrow("generator");
  });

  it("waits for a person", async () => {
    const console = fakeConsole({ threshold: 10, decide: approve });
    const pay = clientOf(console).governed("pay", { waitSeconds: 60 }, ({ amount }: { amount: number }) => ({ paid: amount }));
    expect(await pay({ amount: 50 })).toEqual({ paid: 50 });
    expect(pathsOf(console)).toEqual(["intercept", "status", "claim", "report-executed"]);
  });
});
