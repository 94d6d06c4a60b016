import { describe, expect, it } from "vitest";
import { approve, approveWithChange } from "../../typescript/tests/fake-console";
import { type Message, membersOf } from "../src/messages";
import { openGateway, PAID, textOf } from "./test-gateway";

describe("a call of a tool", () => {
  it("is proposed, claimed, forwarded as it came, and reported as the gateway saw it", async () => {
    const gateway = openGateway({ onCall: () => PAID, settings: "actor: clerk" });
    expect(await gateway.call("pay", { amount: 5, to: "Ann" })).toEqual(PAID);
    await gateway.gateway.end();
    expect(gateway.calls).toEqual([{ name: "pay", arguments: { amount: 5, to: "Ann" } }]);
    expect(gateway.runs).toMatchObject([{ action: "bank_pay", payload: { amount: 5, to: "Ann" }, execution: "executed" }]);
    expect(gateway.runs[0]?.report).toMatchObject({
      execution_result: { observed_by: "gateway", server: "bank", tool: "pay", result: { parts: 1 } },
    });
    expect(gateway.console.requests.find(({ body }) => body["action"] === "bank_pay")?.body).toMatchObject({
      actor: "clerk",
      source: { type: "mcp", ref: "bank/pay" },
    });
  });

  it("isn't recorded with its texts unless the settings say so", async () => {
    const silent = openGateway({ onCall: () => PAID });
    await silent.call("pay", {});
    const telling = openGateway({ onCall: () => PAID, settings: "record_results: true" });
    await telling.call("pay", {});
    await Promise.all([silent.gateway.end(), telling.gateway.end()]);
    expect(JSON.stringify(silent.runs[0]?.report)).not.toContain("paid");
    expect(telling.runs[0]?.report).toMatchObject({ execution_result: { text: "paid" } });
  });

  it("is reported as failed when the server says so", async () => {
    const failed = { content: [{ type: "text", text: "no money" }], isError: true };
    const gateway = openGateway({ onCall: () => failed });
    expect(await gateway.call("pay", {})).toEqual(failed);
    await gateway.gateway.end();
    expect(gateway.runs).toMatchObject([{ execution: "failed" }]);
    const report = JSON.stringify(gateway.runs[0]?.report);
    expect(report).toMatch(/the server replied that the tool failed: \d+ bytes, SHA-256 [0-9a-f]{64}\. observed_by: gateway"/);
    expect(report).not.toContain("no money");
    const telling = openGateway({ onCall: () => failed, settings: "record_results: true" });
    await telling.call("pay", {});
    await telling.gateway.end();
    expect(JSON.stringify(telling.runs[0]?.report)).toContain("observed_by: gateway. no money");
  });

  it("finds its run while it waits, and is another run once it was answered", async () => {
    const gateway = openGateway({ rules: { threshold: 100 }, onCall: () => PAID });
    const pending = await gateway.call("pay", { amount: 500 });
    expect(pending).toMatchObject({ isError: true });
    expect(textOf(pending)).toContain("again with exactly the same arguments");
    expect(textOf(await gateway.call("pay", { amount: 500 }))).toContain("Pending approval");
    expect(gateway.runs).toHaveLength(1);
    for (const run of gateway.runs) approve(run);
    expect(await gateway.call("pay", { amount: 500 })).toEqual(PAID);
    await gateway.call("pay", { amount: 500 });
    expect(gateway.runs).toHaveLength(2);
    expect(gateway.calls).toHaveLength(1);
  });

  it("is forwarded as a person changed it, also when the client continues it, and the result begins with what was changed", async () => {
    const question = { resultType: "input_required", inputRequests: {}, requestState: "s1" };
    const onCall = ({ params }: Message) => ("requestState" in (params as object) ? PAID : question);
    const gateway = openGateway({ rules: { threshold: 100 }, onCall });
    await gateway.call("pay", { amount: 500, to: "Ann" });
    expect(gateway.console.requests.at(-2)?.body).toMatchObject({ accepts_changes: true });
    for (const run of gateway.runs) approveWithChange(run, { amount: 300 }, "Only 300.");
    expect(await gateway.call("pay", { amount: 500, to: "Ann" })).toEqual(question);
    const answer = await gateway.call("pay", { amount: 500, to: "Ann" }, { requestState: "s1", inputResponses: {} });
    expect(gateway.calls.map(({ arguments: args }) => args)).toEqual([
      { amount: 300, to: "Ann" },
      { amount: 300, to: "Ann" },
    ]);
    expect(answer).toEqual({
      content: [{ type: "text", text: expect.stringContaining("Changed amount to 300") as string }, ...PAID.content],
    });
    await gateway.gateway.end();
    expect(gateway.runs).toMatchObject([{ execution: "executed", report: { execution_result: { result: { parts: 1 } } } }]);
  });

  it("can't be changed if the console has no more than the beginning of a text in it", async () => {
    const gateway = openGateway({ onCall: () => PAID });
    await gateway.call("pay", { note: "n".repeat(20_000) });
    expect(gateway.console.requests.find(({ body }) => body["action"] === "bank_pay")?.body).not.toHaveProperty("accepts_changes");
  });

  it("is a run of its own while another with the same arguments is being executed", async () => {
    const gateway = openGateway({ onCall: () => PAID });
    await Promise.all(Array.from({ length: 100 }, () => gateway.call("pay", { amount: 1 })));
    await gateway.gateway.end();
    expect(new Set(gateway.runs.map(({ key }) => key)).size).toBe(100);
    expect(gateway.runs.every(({ execution }) => execution === "executed")).toBe(true);
    expect(gateway.calls).toHaveLength(100);
  });

  it("is in doubt when the server ends before it replies: neither executed nor failed, and not sent again", async () => {
    const gateway = openGateway({ onCall: () => null });
    const call = gateway.call("pay", { amount: 5 });
    await new Promise<void>((resolve) => {
      const look = () => (gateway.calls.length > 0 ? resolve() : setImmediate(look));
      look();
    });
    gateway.gateway.serverGone("ended with code 1");
    expect(textOf(await call)).toMatch(/^In doubt: "pay" may or may not have been executed, because the server ended with code 1/);
    expect(gateway.runs).toMatchObject([{ execution: "awaiting_execution_report", report: null }]);
  });

  it.each([
    ["the console is away", () => Promise.reject(new TypeError("fetch failed")), /The console can't be reached .* Not executed\./],
    [
      "something else answers in its place",
      () => new Response("<h1>Sign in</h1>", { status: 403 }),
      /The console can't be reached .* Not executed\./,
    ],
  ])("isn't forwarded when %s", async (_title, before, words) => {
    let isBroken = false;
    const gateway = openGateway({ rules: { before: () => (isBroken ? before() : undefined) } });
    await gateway.call("pay", {});
    isBroken = true;
    const answer = await gateway.call("pay", { amount: 2 });
    expect(answer["isError"]).toBe(true);
    expect(textOf(answer)).toMatch(words);
    expect(gateway.calls).toHaveLength(1);
  });

  it("passes without a run if it only reads, by the server's word and by the settings'", async () => {
    const gateway = openGateway({ onCall: () => PAID, settings: "read_only: [look, pay]" });
    await gateway.call("look", {});
    await gateway.call("pay", {});
    expect(gateway.runs.map(({ action }) => action)).toEqual(["bank_pay"]);
    expect(gateway.calls).toHaveLength(2);
    expect(gateway.warnings.join()).toContain("pay is in read_only, but the server doesn't say that it only reads");
  });

  it("is never sent if the settings say so, or if the server doesn't list it", async () => {
    const gateway = openGateway({ settings: "never: [pay]" });
    expect(textOf(await gateway.call("pay", {}))).toContain("never called");
    expect(textOf(await gateway.call("steal", {}))).toContain('doesn\'t list a tool named "steal"');
    expect(gateway.calls).toEqual([]);
    expect(gateway.runs).toEqual([]);
  });

  it("goes on after the server wanted more from the client, under the same run", async () => {
    const question = { resultType: "input_required", inputRequests: {}, requestState: "s1" };
    const gateway = openGateway({ onCall: ({ params }) => ("requestState" in (params as object) ? PAID : question) });
    expect(await gateway.call("pay", { amount: 5 })).toEqual(question);
    expect(gateway.runs).toMatchObject([{ execution: "awaiting_execution_report" }]);
    expect(textOf(await gateway.call("pay", { amount: 6 }, { requestState: "s1", inputResponses: {} }))).toContain("doesn't hold anymore");
    expect(await gateway.call("pay", { amount: 5 }, { requestState: "s1", inputResponses: {} })).toEqual(PAID);
    await gateway.gateway.end();
    expect(gateway.runs).toMatchObject([{ execution: "executed" }]);
  });

  it("is canceled, and in doubt, under the id that continued it", async () => {
    const question = { resultType: "input_required", inputRequests: {}, requestState: "s1" };
    const gateway = openGateway({ onCall: ({ params }) => ("requestState" in (params as object) ? null : question) });
    await gateway.call("pay", { amount: 5 });
    const params = { name: "pay", arguments: { amount: 5 }, requestState: "s1", inputResponses: {} };
    gateway.send({ id: "second", method: "tools/call", params });
    await new Promise(setImmediate);
    gateway.gateway.serverGone("ended with code 1");
    expect(textOf(membersOf((await gateway.response("second")).result))).toMatch(/^In doubt/);

    await gateway.call("pay", { amount: 6 });
    gateway.send({ id: "third", method: "tools/call", params: { ...params, arguments: { amount: 6 } } });
    gateway.send({ method: "notifications/cancelled", params: { requestId: "third" } });
    await gateway.gateway.end();
    expect(gateway.received.filter(({ message }) => message.id === "third")).toEqual([]);
    expect(gateway.runs).toMatchObject([{ execution: "awaiting_execution_report" }, { execution: "awaiting_execution_report" }]);
  });

  it("says of a lost reply of a tool that only reads that it is lost", async () => {
    const gateway = openGateway({ onCall: () => null, settings: "read_only: [look]" });
    const call = gateway.call("look", {});
    await new Promise<void>((resolve) => {
      const look = () => (gateway.calls.length > 0 ? resolve() : setImmediate(look));
      look();
    });
    gateway.gateway.serverGone("ended");
    expect(textOf(await call)).toMatch(/^The result of "look" is lost, because the server ended\./);
  });

  it("tells clients of protocol 2026-07-28 where to decide, and goes on when they come back", async () => {
    const gateway = openGateway({ rules: { threshold: 100 }, onCall: () => PAID });
    const meta = {
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": { elicitation: { url: {} } },
      },
    };
    const asked = await gateway.call("pay", { amount: 500 }, meta);
    expect(asked).toMatchObject({
      resultType: "input_required",
      inputRequests: { approval: { method: "elicitation/create", params: { mode: "url", url: "http://console.test/runs/1" } } },
    });
    const answer = { ...meta, requestState: asked["requestState"], inputResponses: { approval: { action: "accept" } } };
    expect(await gateway.call("pay", { amount: 500 }, answer)).toMatchObject({ resultType: "complete", isError: true });
    for (const run of gateway.runs) approve(run);
    expect(await gateway.call("pay", { amount: 500 }, answer)).toEqual(PAID);
    expect(gateway.calls).toEqual([{ name: "pay", arguments: { amount: 500 }, ...meta }]);
  });
});
