import { Agent } from "@mastra/core/agent";
import { Mastra } from "@mastra/core/mastra";
import { InMemoryStore } from "@mastra/core/storage";
import { MastraLanguageModelV2Mock, simulateReadableStream } from "@mastra/core/test-utils/llm-mock";
import { createTool } from "@mastra/core/tools";
import { z } from "zod";
import type { DaaiClient } from "../src/index";
import { DaaiRunner } from "../src/mastra";
import { ACTIONS, type Call, type Conversation, type Disk, perform, UNGOVERNED } from "./adapter-world";

type Options = ConstructorParameters<typeof MastraLanguageModelV2Mock>[0];
type Answer = Extract<Options["doGenerate"], { readonly content: unknown }>;
type Content = Answer["content"];
type Part = Awaited<ReturnType<MastraLanguageModelV2Mock["doStream"]>>["stream"] extends ReadableStream<infer P> ? P : never;

const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

/** The framework's own scripted model, which says what it is told to. */
export class ScriptedModel extends MastraLanguageModelV2Mock {
  readonly #turns: Content[];

  constructor() {
    const turns: Content[] = [];
    const answer = (): Answer => {
      const content = turns.shift() ?? [{ type: "text", text: "done" }];
      const finishReason = content.some(({ type }) => type === "tool-call") ? "tool-calls" : "stop";
      return { content, finishReason, usage, warnings: [] };
    };
    super({ doGenerate: async () => answer(), doStream: async () => ({ stream: streamOf(answer()) }) });
    this.#turns = turns;
  }

  /** In its next turn, at once. */
  willCall(...calls: readonly Call[]): void {
    this.#turns.push(
      calls.map(({ id, name, args }) => ({ type: "tool-call", toolCallId: id, toolName: name, input: JSON.stringify(args) })),
    );
  }

  told(): unknown[] {
    const { prompt = [] } = [...this.doGenerateCalls, ...this.doStreamCalls].at(-1) ?? {};
    const results = prompt.flatMap(({ role, content }) => (role === "tool" ? content : []));
    return results.sort((a, b) => (a.toolCallId < b.toolCallId ? -1 : 1)).map(({ output }) => output.value);
  }
}

function streamOf({ content, finishReason }: Answer): ReadableStream<Part> {
  const parts = content.flatMap((part): Part[] => {
    if (part.type === "tool-call") return [part];
    if (part.type !== "text") return [];
    return [
      { type: "text-start", id: "t1" },
      { type: "text-delta", id: "t1", delta: part.text },
      { type: "text-end", id: "t1" },
    ];
  });
  return simulateReadableStream({
    chunks: [{ type: "stream-start", warnings: [] }, ...parts, { type: "finish", finishReason, usage }],
    initialDelayInMs: null,
    chunkDelayInMs: null,
  });
}

/** The framework's own store, whose snapshots of suspended agents outlive a process. */
export async function diskStore(disk: Disk): Promise<InMemoryStore> {
  const store = new InMemoryStore();
  const workflows = await store.getStore("workflows");
  if (workflows === undefined) throw new Error("no store of snapshots");
  for (const text of disk.threads.values()) await workflows.persistWorkflowSnapshot(JSON.parse(text) as never);
  const save = async (workflowName: string, runId: string) => {
    const snapshot = await workflows.loadWorkflowSnapshot({ workflowName, runId });
    disk.threads.set(`${workflowName} ${runId}`, JSON.stringify({ workflowName, runId, snapshot }));
  };
  for (const name of ["persistWorkflowSnapshot", "updateWorkflowState", "updateWorkflowResults"] as const) {
    const change = workflows[name].bind(workflows) as (given: never) => Promise<never>;
    workflows[name] = async (given: { readonly workflowName: string; readonly runId: string }) => {
      const result = await change(given as never);
      await save(given.workflowName, given.runId);
      return result;
    };
  }
  const remove = workflows.deleteWorkflowRunById.bind(workflows);
  workflows.deleteWorkflowRunById = async (given) => {
    disk.threads.delete(`${given.workflowName} ${given.runId}`);
    await remove(given);
  };
  return store;
}

export const search = createTool({
  id: "search",
  description: "Find an order.",
  inputSchema: z.object({ order: z.string() }),
  execute: async ({ order }) => `found ${order}`,
});

export const refundSchema = z.object({ order: z.string(), amount: z.number().positive() });

export class MastraAgent implements Conversation {
  readonly model = new ScriptedModel();
  readonly governed: DaaiRunner;
  readonly agent: Agent;
  readonly mastra: Promise<Mastra>;
  readonly #disk: Disk;

  constructor(client: DaaiClient, disk: Disk, ledger: unknown[], options: object = {}) {
    this.#disk = disk;
    this.governed = new DaaiRunner(client, disk.pauses, { actions: ACTIONS, ungoverned: [...UNGOVERNED, "agent-refunds"] });
    const refund = this.governed.tool({
      id: "refund",
      description: "Refund an order.",
      inputSchema: refundSchema,
      execute: async ({ order, amount }) => perform(ledger, order, amount),
      ...options,
    });
    this.agent = new Agent({ id: "refunds", name: "Refunds", instructions: "Refund.", model: this.model, tools: { refund, search } });
    this.mastra = diskStore(disk).then((storage) => new Mastra({ agents: { refunds: this.agent }, storage, logger: false }));
  }

  async start(...calls: readonly Call[]) {
    await this.mastra;
    this.model.willCall(...calls);
    return this.governed.generate(this.agent, "Refund it.");
  }

  async resume(runId: string): Promise<boolean> {
    await this.mastra;
    return (await this.governed.resume(this.agent, runId)) !== null;
  }

  told(): unknown[] {
    return this.model.told();
  }

  tamper(amount: number): void {
    for (const stored of [this.#disk.threads, this.#disk.pauses]) {
      for (const [key, text] of stored) stored.set(key, text.replaceAll("1840", String(amount)));
    }
  }
}
