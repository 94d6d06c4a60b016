import * as ai7 from "ai";
import * as test7 from "ai/test";
import * as ai6 from "ai-6";
import * as test6 from "ai-6/test";
import { z } from "zod";

// The lowest and the newest version that are supported. They differ in the names of what isn't used here.
export const VERSIONS = [
  ["6.0.0", ai6 as unknown as typeof ai7, test6.MockLanguageModelV3 as unknown as typeof test7.MockLanguageModelV4],
  ["7.0.173", ai7, test7.MockLanguageModelV4],
] as const;

export type Content = { type: "tool-call"; toolCallId: string; toolName: string; input: string } | { type: "text"; text: string };

export const refundCall = (amount: string, toolCallId: string, more: object = {}): Content => ({
  type: "tool-call",
  toolCallId,
  toolName: "refund",
  input: JSON.stringify({ order: "SO-1", amount, ...more }),
});

export type Messages = NonNullable<Parameters<typeof ai7.generateText>[0]["messages"]>;
export const start: Messages = [{ role: "user", content: "Refund it." }];

/** A program with the AI SDK of a version. */
export function programOf([version, ai, MockModel]: (typeof VERSIONS)[number]) {
  /** A model that says these, one after the other, and then that it is done. */
  function scripted(...script: Content[][]) {
    const total = (count: number) => ({ total: count, noCache: count, cacheRead: 0, cacheWrite: 0, text: count, reasoning: 0 });
    const usage = { inputTokens: total(1), outputTokens: total(1) };
    return new MockModel({
      doGenerate: async () => {
        const content = script.shift() ?? [{ type: "text" as const, text: "Done." }];
        const unified = content.some(({ type }) => type === "tool-call") ? ("tool-calls" as const) : ("stop" as const);
        return { content, finishReason: { unified, raw: unified }, usage, warnings: [] };
      },
    });
  }

  /** The tool of a program, with what it was run with. */
  function refunds() {
    const ran: object[] = [];
    const refund = ai.tool({
      description: "Refund an order",
      inputSchema: z.object({ order: z.string(), amount: z.string() }),
      execute: async (input) => {
        ran.push(input);
        return { refunded: input.amount };
      },
    });
    return { tools: { refund }, ran };
  }

  async function talk(model: ReturnType<typeof scripted>, tools: object, messages: Messages): Promise<Messages> {
    const result = await ai.generateText({ model, tools: tools as ai7.ToolSet, messages, stopWhen: ai.stepCountIs(5) });
    return [...messages, ...(version === "6.0.0" ? result.response.messages : result.responseMessages)];
  }

  return { scripted, refunds, talk };
}

/** What a model was given last. */
export const lastPrompt = (model: { doGenerateCalls: { prompt: object }[] }) => JSON.stringify(model.doGenerateCalls.at(-1)?.prompt);
