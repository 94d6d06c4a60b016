// Agents of Mastra: a tool call that waits suspends its agent, in a snapshot in the app's own storage.
// https://mastra.ai/docs/agents/human-in-the-loop

import type { Agent, AgentExecutionOptions } from "@mastra/core/agent";
import type { MessageListInput } from "@mastra/core/agent/message-list";
import type { FullOutput } from "@mastra/core/stream";
import type { createTool } from "@mastra/core/tools";
import type { DaaiClient } from "./client";
import { memberOf } from "./errors";
import { Gate, type GateOptions } from "./gate";
import type { Calls, Pause, ResumeData, Round } from "./mastra-calls";
import { type AnyToolOptions, currentRound, governedTool } from "./mastra-tools";
import type { PauseStore } from "./pause-store";

export type { SuspendedCall } from "./mastra-calls";
export type { GateOptions, PauseStore };

/** The framework's agents differ in the types of their tools and of their output. */
type AnyAgent = Pick<Agent, "generate" | "resumeGenerate" | "listTools" | "getToolsForExecution">;
type Options<T> = AgentExecutionOptions<T>;
type ToolSources = Pick<AgentExecutionOptions, "requestContext" | "toolsets" | "clientTools" | "memory">;

/**
 * Runs agents, and has every call of a governed tool decided before it runs.
 *
 * Make an agent's tools with `tool` instead of Mastra's `createTool`, and use `generate` instead of the agent's. A tool's action has the tool's
 * id, unless `actions` says another; tools in `ungoverned` aren't asked about, and an agent with other tools isn't run. A result with the
 * `finishReason` `suspended` has calls that are pending. The agent's run is stored by their ids, for `resume`.
 */
export class DaaiRunner {
  /** As `createTool` of Mastra, with the same options, but for what needs a suspension or an output of the tool's own. */
  readonly tool: typeof createTool = ((options: AnyToolOptions) => this.#makeTool(options)) as never;
  readonly #gate: Gate;
  readonly #pauses: PauseStore;
  readonly #tools = new WeakSet();

  constructor(client: DaaiClient, pauses: PauseStore, options: GateOptions = {}) {
    this.#gate = new Gate(client, options);
    this.#pauses = pauses;
  }

  /** As the agent's `generate`, until it ends or its calls are pending. Throws a TypeError for an agent with a tool that isn't governed. */
  async generate<T = undefined>(agent: AnyAgent, messages: MessageListInput, options?: Options<T>): Promise<FullOutput<T>> {
    const runId = options?.runId ?? crypto.randomUUID();
    return this.#play(agent, { agentRunId: runId, calls: {} }, options, () => agent.generate(messages, { ...options, runId } as never));
  }

  /**
   * Continues the agent that waits for this run; null if none does.
   *
   * The console is asked again about every call that waits in it, and what isn't decided suspends it again. Give the `requestContext` again, which
   * isn't stored. Continue an agent in one process at a time.
   */
  async resume<T = undefined>(agent: AnyAgent, runId: string, options?: Options<T>): Promise<FullOutput<T> | null> {
    const text = await this.#pauses.get(runId);
    if (text == null) return null;
    const pause = JSON.parse(text) as Pause;
    const data: ResumeData = { daai: pause.calls };
    // Without the id of a call, the framework resumes all that are suspended.
    return this.#play(agent, pause, options, () => agent.resumeGenerate(data, { ...options, runId: pause.agentRunId } as never));
  }

  #makeTool(options: AnyToolOptions): ReturnType<typeof governedTool> {
    const tool = governedTool(this.#gate, this.#pauses, options);
    this.#tools.add(tool);
    return tool;
  }

  async #play<T>(
    agent: AnyAgent,
    { agentRunId, calls }: Pause,
    options: ToolSources | undefined,
    run: () => Promise<unknown>,
  ): Promise<FullOutput<T>> {
    await this.#checkTools(agent, options);
    const round: Round = { agentRunId, before: calls, waiting: new Map(), problems: [] };
    const result = await currentRound.run(round, run);
    const waiting: Calls = Object.fromEntries(round.waiting);
    const pause: Pause = { agentRunId, calls: waiting };
    for (const { runId } of round.waiting.values()) if (runId !== null) await this.#pauses.set(runId, JSON.stringify(pause));
    for (const [place, { runId }] of Object.entries(calls)) if (runId !== null && !(place in waiting)) await this.#pauses.delete(runId);
    if (round.problems.length > 0) throw round.problems[0];
    return result as FullOutput<T>;
  }

  /** A tool that somebody adds later isn't run without asking. */
  async #checkTools(agent: AnyAgent, { requestContext, toolsets = {}, clientTools = {}, memory }: ToolSources = {}): Promise<void> {
    const context = requestContext && { requestContext };
    const sources: object[] = [await agent.listTools(context), ...Object.values(toolsets), clientTools];
    const governed = sources.flatMap((tools) => Object.entries(tools)).filter(([, tool]) => this.#tools.has(tool as object));
    const names = new Set(governed.map(([name]) => name));
    const tools = await agent.getToolsForExecution({
      ...context,
      toolsets,
      clientTools,
      ...(memory?.options && { memoryConfig: memory.options }),
    });
    for (const [name, tool] of Object.entries(tools)) {
      const id = memberOf(tool, "id");
      const isUngoverned = [name, id].some((each) => typeof each === "string" && this.#gate.actionOf(each) === null);
      if (!names.has(name) && !isUngoverned) {
        throw new TypeError(`${name} isn't governed: make it with tool of the DaaiRunner, or name it in ungoverned`);
      }
    }
  }
}
