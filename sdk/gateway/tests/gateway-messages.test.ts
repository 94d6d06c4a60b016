import { describe, expect, it } from "vitest";
import { readLine } from "../src/messages";
import { openGateway, PAID } from "./test-gateway";

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }));

describe("what others could read differently", () => {
  it.each([
    [
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{"amount":1,"amount":1000}}}',
      "occurs more than once",
    ],
    ['{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{"amount":12345678901234567890}}}', "Not executed"],
  ])("isn't called: %s", async (text, words) => {
    const gateway = openGateway();
    gateway.gateway.fromClient(text);
    expect(JSON.stringify(await gateway.response(1))).toContain(words);
    expect(gateway.calls).toEqual([]);
  });

  it("isn't passed on if it isn't JSON", async () => {
    const gateway = openGateway();
    gateway.gateway.fromClient('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{"amount":NaN}}}');
    expect(await gateway.response(null)).toMatchObject({ error: { code: -32_700 } });
    expect(gateway.received).toEqual([]);
  });

  it("is proposed in a batch as well, and rejected without an id", async () => {
    const gateway = openGateway({ onCall: () => PAID });
    gateway.gateway.fromClient(
      '[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay"}},{"jsonrpc":"2.0","method":"tools/call","params":{"name":"pay"}}]',
    );
    expect((await gateway.response(1)).result).toEqual(PAID);
    expect(await gateway.response(null)).toMatchObject({ error: { code: -32_600 } });
    expect(gateway.runs).toHaveLength(1);
  });
});

describe("what isn't a call of a tool", () => {
  const line = '{"jsonrpc":"2.0", "id":7,"method":"resources/read","params":{"uri":"a:b","n":1.0}}';

  it("passes in both directions as the text it is", () => {
    const gateway = openGateway();
    gateway.gateway.fromClient(line);
    expect(gateway.received.map(({ text }) => text)).toEqual([line]);
    const reply = '{"result": {"big": 12345678901234567890}, "id":7, "jsonrpc":"2.0"}';
    for (const one of readLine(reply) ?? []) gateway.gateway.fromServer(one);
    expect(gateway.lines).toEqual([reply]);
  });

  it("has one reading of what the server names twice, and no carriage returns", () => {
    const written = (text: string) => readLine(text)?.map((one) => one.text);
    expect(written('{"id":1,"result":{"constructor":1.50},"id":2}')).toEqual(['{"id":2,"result":{"constructor":1.5}}']);
    expect(written('{"id":1,\r"result":{"constructor":1.50}}')).toEqual(['{"id":1, "result":{"constructor":1.50}}']);
  });

  it("is a cancellation that the server only gets if it has the call", async () => {
    const gateway = openGateway({
      rules: { threshold: 100, before: (path, signal) => (path === "status" ? untilAborted(signal) : undefined) },
    });
    gateway.send({ id: 1, method: "tools/call", params: { name: "pay", arguments: { amount: 500 } } });
    gateway.send({ method: "notifications/cancelled", params: { requestId: 1 } });
    gateway.send({ method: "notifications/cancelled", params: { requestId: 2 } });
    await gateway.gateway.end();
    expect(gateway.received.filter(({ message }) => message.method === "notifications/cancelled")).toHaveLength(1);
    expect(gateway.calls).toEqual([]);
    expect(gateway.lines).toEqual([]);
  });
});
