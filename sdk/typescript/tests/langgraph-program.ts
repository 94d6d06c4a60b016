import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, ToolMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import { MemorySaver } from "@langchain/langgraph";
import { createAgent } from "langchain";
import { z } from "zod";
import type { DaaiClient } from "../src/index";
import { type DaaiMiddleware, daaiMiddleware } from "../src/langgraph";
import { ACTIONS, type Call, type Conversation, type Disk, perform, UNGOVERNED } from "./adapter-world";

/** A model of the framework's own interface, which says what it is told to. */
export class ScriptedModel extends BaseChatModel {
  readonly turns: AIMessage[] = [];
  seen: readonly BaseMessage[] = [];

  constructor() {
    super({});
  }

  /** In its next turn, at once. */
  willCall(...calls: readonly Call[]): void {
    this.turns.push(new AIMessage({ content: "", tool_calls: calls.map((call) => ({ ...call, type: "tool_call" })) }));
  }

  override _llmType(): string {
    return "scripted";
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    this.seen = messages;
    const message = this.turns.shift() ?? new AIMessage("done");
    return { generations: [{ text: message.text, message }] };
  }

  told(): unknown[] {
    const results = this.seen.filter((message) => ToolMessage.isInstance(message));
    return results.sort((a, b) => (a.tool_call_id < b.tool_call_id ? -1 : 1)).map(({ content }) => content);
  }
}

/** Checkpoints that outlive a process. */
export class DiskSaver extends MemorySaver {
  readonly #disk: Disk;

  constructor(disk: Disk) {
    super();
    this.#disk = disk;
    const stored = disk.threads.get("checkpoints");
    if (stored !== undefined) Object.assign(this, JSON.parse(stored, fromText));
  }

  override async put(...given: Parameters<MemorySaver["put"]>): ReturnType<MemorySaver["put"]> {
    return this.#store(await super.put(...given));
  }

  override async putWrites(...given: Parameters<MemorySaver["putWrites"]>): Promise<void> {
    return this.#store(await super.putWrites(...given));
  }

  #store<T>(result: T): T {
    const { storage, writes } = this;
    this.#disk.threads.set("checkpoints", JSON.stringify({ storage, writes }, toText));
    return result;
  }
}

const toText = (_: string, value: unknown) => (value instanceof Uint8Array ? { bytes: Buffer.from(value).toString("latin1") } : value);
const fromText = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && "bytes" in value ? Uint8Array.from(Buffer.from(String(value.bytes), "latin1")) : value;

export const THREAD = { configurable: { thread_id: "ticket-1" } };
export const question = { messages: [{ role: "user", content: "Refund it." }] };

export const refundTool = (ledger: unknown[], act = perform) =>
  tool(({ order, amount }) => act(ledger, order, amount), {
    name: "refund",
    description: "Refund an order.",
    schema: z.object({ order: z.string(), amount: z.number().positive() }),
  });

export const search = tool(({ order }) => `found ${order}`, {
  name: "search",
  description: "Find an order.",
  schema: z.object({ order: z.string() }),
});

export class LangGraphAgent implements Conversation {
  readonly model = new ScriptedModel();
  readonly governed: DaaiMiddleware;
  readonly agent;
  readonly #disk: Disk;

  constructor(client: DaaiClient, disk: Disk, ledger: unknown[], tools: StructuredToolInterface[] = [refundTool(ledger), search]) {
    this.#disk = disk;
    this.governed = daaiMiddleware(client, disk.pauses, { actions: ACTIONS, ungoverned: UNGOVERNED });
    this.agent = createAgent({ model: this.model, tools, middleware: [this.governed], checkpointer: new DiskSaver(disk) });
  }

  async start(...calls: readonly Call[]) {
    this.model.willCall(...calls);
    return this.agent.invoke(question, THREAD);
  }

  async resume(runId: string): Promise<boolean> {
    return (await this.governed.resume(this.agent, runId)) !== null;
  }

  told(): unknown[] {
    return this.model.told();
  }

  tamper(amount: number): void {
    const stored = this.#disk.threads.get("checkpoints") ?? "";
    this.#disk.threads.set("checkpoints", stored.replaceAll("1840", String(amount)));
  }
}
