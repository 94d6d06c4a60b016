import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { DaaiClient } from "../src/index";
import { bundle, programFolder, WITH_AI_SDK } from "./bundle";
import { decide, registerAction, run, SETTINGS } from "./test-console";

const ACTION = "ai_sdk_refund";

const scratch = programFolder("ai-sdk");
afterAll(() => rmSync(scratch, { recursive: true }));

/** A program of its own: a model that says `script`, and a file with the conversation so far and what the model was told last. */
async function agent(conversation: string, script: object[], before = ""): Promise<string> {
  const program = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { generateText, stepCountIs, tool } from "ai";
    import { MockLanguageModelV4 } from "ai/test";
    import { z } from "zod";
    import { DaaiClient } from "daai";
    import { governTools } from "daai/ai-sdk";

    const script = ${JSON.stringify(script)};
    const usage = { inputTokens: {}, outputTokens: {} };
    const model = new MockLanguageModelV4({ doGenerate: async () => ({ ...script.shift(), usage, warnings: [] }) });
    const refund = tool({
      inputSchema: z.object({ amount: z.string() }),
      execute: async ({ amount }) => {
        console.log("refunded", amount);
        return { refunded: amount };
      },
    });
    const governed = governTools(new DaaiClient(${JSON.stringify(SETTINGS)}), { refund }, { action: () => "${ACTION}" });
    const file = ${JSON.stringify(conversation)};
    const { messages } = JSON.parse(readFileSync(file, "utf8"));
    ${before}
    const { response } = await generateText({ model, tools: governed.tools, messages, stopWhen: stepCountIs(3) });
    const told = JSON.stringify(model.doGenerateCalls.at(-1).prompt);
    writeFileSync(file, JSON.stringify({ messages: [...messages, ...response.messages], told }));
  `;
  const file = join(scratch, "agent.mjs");
  writeFileSync(file, await bundle(program, WITH_AI_SDK));
  return (await run(process.execPath, [file])).stdout;
}

test("a conversation goes on in another process, with what a person changed and approved meanwhile", async () => {
  await registerAction(ACTION);
  const conversation = join(scratch, "conversation.json");
  writeFileSync(conversation, JSON.stringify({ messages: [{ role: "user", content: "Refund it." }] }));
  // The console has seen the id of a call in another conversation if the test is repeated.
  const toolCallId = `call_${crypto.randomUUID()}`;
  const call = { type: "tool-call", toolCallId, toolName: "refund", input: '{"amount":"1840.00"}' };
  expect(await agent(conversation, [{ content: [call], finishReason: { unified: "tool-calls" } }])).toBe("");

  const proposal = { action: ACTION, payload: { amount: "1840.00" }, idempotencyKey: `ai-sdk:${toolCallId}`, acceptsChanges: true };
  const { actionRunId, idempotentReplay } = await new DaaiClient(SETTINGS).intercept(proposal);
  expect(idempotentReplay).toBe(true);
  await decide(actionRunId, "approve", "Only 1,480.", "--change", "amount=1480.00");

  const said = { content: [{ type: "text", text: "Done." }], finishReason: { unified: "stop" } };
  const answer = "messages.push(await governed.answers(messages));";
  expect(await agent(conversation, [said], answer)).toBe("refunded 1480.00\n");
  const { told } = JSON.parse(readFileSync(conversation, "utf8")) as { told: string };
  expect(told).toMatch(/"refunded":"1480.00","daai_change":".*Only 1,480/);
}, 120_000);
