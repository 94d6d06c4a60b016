import {
  Agent,
  type AgentInputItem,
  type FunctionTool,
  type Model,
  type ModelRequest,
  type ModelResponse,
  type StreamEvent,
  setTracingDisabled,
  type ToolOptions,
  tool,
  Usage,
} from "@openai/agents";
import { z } from "zod";
import type { DaaiClient } from "../src/index";
import { DaaiRunner } from "../src/openai-agents";
import { ACTIONS, type Call, type Conversation, type Disk, perform, UNGOVERNED } from "./adapter-world";

setTracingDisabled(true);

type Output = ModelResponse["output"];
type Said = Extract<StreamEvent, { type: "response_done" }>["response"]["output"];

/** Arguments as the model writes them, or as a text if they are none. */
type ScriptedCall = Omit<Call, "args"> & { readonly args: object | string };

/** A model of the framework's own interface, which says what it is told to. */
export class ScriptedModel implements Model {
  readonly #turns: Output[] = [];
  #seen: readonly AgentInputItem[] = [];

  /** In its next turn, at once. */
  willCall(...calls: readonly ScriptedCall[]): void {
    this.#turns.push(
      calls.map(({ id, name, args }) => ({
        type: "function_call",
        callId: id,
        name,
        status: "completed",
        arguments: typeof args === "string" ? args : JSON.stringify(args),
      })),
    );
  }

  async getResponse({ input }: ModelRequest): Promise<ModelResponse> {
    this.#seen = typeof input === "string" ? [] : input;
    return { usage: new Usage(), output: this.#turns.shift() ?? [said("done")] };
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent> {
    const { output } = await this.getResponse(request);
    const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
    yield { type: "response_done", response: { id: "r1", usage, output: output as Said } };
  }

  told(): unknown[] {
    const results = this.#seen.flatMap((item) => (item.type === "function_call_result" ? [item] : []));
    return results
      .sort((a, b) => (a.callId < b.callId ? -1 : 1))
      .map(({ output }) => (typeof output === "object" && "text" in output ? output.text : output));
  }
}

function said(text: string): Output[number] {
  return { type: "message", role: "assistant", status: "completed", content: [{ type: "output_text", text }] };
}

const refundParameters = z.object({ order: z.string(), amount: z.number().positive() });

export const search = tool({
  name: "search",
  description: "Find an order.",
  parameters: z.object({ order: z.string() }),
  execute: ({ order }) => `found ${order}`,
});

/** The options of a tool that differ from those of every agent here. */
export type RefundOptions = Partial<ToolOptions<typeof refundParameters, unknown>>;
export type Details = Parameters<FunctionTool["invoke"]>[2];
type Settings = Parameters<DaaiRunner["run"]>[2];

export class OpenAiAgent implements Conversation {
  readonly model = new ScriptedModel();
  readonly governed: DaaiRunner;
  readonly agent: Agent;
  readonly #disk: Disk;

  constructor(client: DaaiClient, disk: Disk, ledger: unknown[], options: RefundOptions = {}) {
    this.#disk = disk;
    this.governed = new DaaiRunner(client, disk.pauses, { actions: ACTIONS, ungoverned: UNGOVERNED });
    const refund = this.governed.tool({
      name: "refund",
      description: "Refund an order.",
      parameters: refundParameters,
      execute: ({ order, amount }) => perform(ledger, order, amount),
      ...options,
    } as ToolOptions<typeof refundParameters, unknown>);
    this.agent = new Agent({ name: "Refunds", model: this.model, tools: [refund, search] });
  }

  async start(...calls: readonly ScriptedCall[]): Promise<unknown> {
    return this.play(calls);
  }

  async play(calls: readonly ScriptedCall[], settings: Settings = {}) {
    this.model.willCall(...calls);
    return this.governed.run(this.agent, "Refund it.", settings);
  }

  async resume(runId: string, settings: Settings = {}): Promise<boolean> {
    return (await this.governed.resume(this.agent, runId, settings)) !== null;
  }

  told(): unknown[] {
    return this.model.told();
  }

  tamper(amount: number): void {
    for (const [runId, state] of this.#disk.pauses) this.#disk.pauses.set(runId, state.replaceAll("1840", String(amount)));
  }
}
