import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { expect, it } from "vitest";
import { approve, type FakeConsole, fakeConsole } from "../../typescript/tests/fake-console";
import { clientOf } from "../../typescript/tests/test-client";
import { type Members, membersOf } from "../src/messages";
import { consoleServer } from "../src/serve-console";
import { textOf } from "./test-gateway";

async function connect(console: FakeConsole) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await consoleServer(clientOf(console), "worker", new Map()).connect(far);
  const client = new Client({ name: "tests", version: "1" });
  await client.connect(near);
  return {
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name: string, args: Members) => (await client.callTool({ name, arguments: { ...args } })) as Members,
    ask: async (name: string, args: Members) => membersOf(JSON.parse(textOf(await client.callTool({ name, arguments: { ...args } })))),
  };
}

it("a model proposes, waits, begins and reports, and decides nothing", async () => {
  const console = fakeConsole({ threshold: 100 });
  const { tools, ask, call } = await connect(console);
  expect(await tools()).toEqual(["propose_action", "wait_for_decision", "begin_action", "report_outcome", "list_waiting"]);
  const { run_id, governance_status, link } = await ask("propose_action", { action: "refund", payload: { amount: 500 } });
  expect([governance_status, link]).toEqual(["pending_approval", "http://console.test/runs/1"]);
  expect((await call("begin_action", { run_id }))["isError"]).toBe(true);
  expect(await ask("wait_for_decision", { run_id, wait_seconds: 0 })).toMatchObject({ executable: false });
  expect(await ask("list_waiting", {})).toMatchObject({ waiting: [{ action: "refund", run_id }] });
  for (const run of console.runs) approve(run);
  expect(await ask("begin_action", { run_id })).toMatchObject({ action: "refund", payload: { amount: 500 } });
  expect(JSON.stringify(await ask("list_waiting", {}))).not.toContain(String(console.runs[0]?.claim?.token));
  expect(await ask("report_outcome", { run_id, outcome: "executed", result: { refund: 1 } })).toEqual({
    run_id,
    execution_status: "executed",
  });
  expect(await ask("list_waiting", {})).toEqual({ waiting: [] });
});

it("a console that is away is for the model to read", async () => {
  const { call } = await connect(fakeConsole({ before: () => Promise.reject(new TypeError("fetch failed")) }));
  const answer = await call("propose_action", { action: "refund", payload: {} });
  expect(answer["isError"]).toBe(true);
  expect(textOf(answer)).toContain("Nothing may be done without the console's answer.");
});
