import { rmSync } from "node:fs";
import { afterAll, test } from "vitest";
import { playPage } from "./adapter-page";
import { programFolder } from "./bundle";

const MY_APP = `
import { setTracingDisabled, Usage } from "@openai/agents";

setTracingDisabled(true);

export const refundOrder = (order, amount) => {
  console.log("refunded", order, amount);
  return "refunded " + amount;
};

const call = () => ({
  type: "function_call",
  callId: "call_1",
  name: "refund",
  status: "completed",
  arguments: '{"order":"SO-88214","amount":1840}',
});
const done = { type: "message", role: "assistant", status: "completed", content: [{ type: "output_text", text: "done" }] };

export const model = {
  async getResponse({ input }) {
    const results = input.filter?.((item) => item.type === "function_call_result") ?? [];
    if (results.length > 0) console.log("told", JSON.stringify(results));
    return { usage: new Usage(), output: [results.length > 0 ? done : call()] };
  },
};
`;

const folder = programFolder("openai-agents");
afterAll(() => rmSync(folder, { recursive: true }));

test("the page about the OpenAI Agents SDK for JavaScript does what it says", async () => {
  await playPage({ page: "openai-agents-js", myApp: MY_APP, packages: ["@openai/agents"], folder });
}, 240_000);
