import { rmSync } from "node:fs";
import { afterAll, test } from "vitest";
import { playPage } from "./adapter-page";
import { programFolder } from "./bundle";

const MY_APP = `
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { InMemoryStore } from "@mastra/core/storage";
import { MastraLanguageModelV2Mock } from "@mastra/core/test-utils/llm-mock";

export const refundOrder = (order, amount) => {
  console.log("refunded", order, amount);
  return "refunded " + amount;
};

const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

export const model = new MastraLanguageModelV2Mock({
  async doGenerate({ prompt }) {
    const last = prompt.at(-1);
    const isTold = last.role === "tool";
    if (isTold) console.log("told", JSON.stringify(last.content));
    const call = { type: "tool-call", toolCallId: "call_1", toolName: "refund", input: '{"order":"SO-88214","amount":1840}' };
    const content = [isTold ? { type: "text", text: "done" } : call];
    return { content, finishReason: isTold ? "stop" : "tool-calls", usage, warnings: [] };
  },
});

export const storage = new InMemoryStore();
const workflows = await storage.getStore("workflows");
const stored = existsSync("snapshots.json") ? JSON.parse(readFileSync("snapshots.json", "utf8")) : [];
for (const snapshot of stored) await workflows.persistWorkflowSnapshot(snapshot);
for (const name of ["persistWorkflowSnapshot", "updateWorkflowState", "updateWorkflowResults", "deleteWorkflowRunById"]) {
  const change = workflows[name].bind(workflows);
  workflows[name] = async (given) => {
    const result = await change(given);
    const { runs } = await workflows.listWorkflowRuns();
    writeFileSync("snapshots.json", JSON.stringify(runs.map(({ workflowName, runId, snapshot }) => ({ workflowName, runId, snapshot }))));
    return result;
  };
}
`;

const folder = programFolder("mastra");
afterAll(() => rmSync(folder, { recursive: true }));

test("the page about Mastra does what it says", async () => {
  await playPage({ page: "mastra", myApp: MY_APP, packages: ["@mastra/core"], folder });
}, 240_000);
