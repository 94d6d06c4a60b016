// LangChain and LangGraph for JavaScript: a tool call waits as an interrupt, in the graph's own checkpoint.
// https://docs.langchain.com/oss/javascript/langgraph/interrupts

import { ToolMessage } from "@langchain/core/messages";
import { type Command, getConfig, INTERRUPT, interrupt, isGraphBubbleUp, type LangGraphRunnableConfig } from "@langchain/langgraph";
import { type AgentMiddleware, createMiddleware } from "langchain";
import type { DaaiClient } from "./client";
import { DaaiError, memberOf } from "./errors";
import { Gate, type GateOptions, type Granted, type ToolCall as Proposed, withChange } from "./gate";
import type { Run } from "./models";
import type { CallOptions } from "./options";
import type { PauseStore } from "./pause-store";

export type { GateOptions, PauseStore };

/** As models make them. */
export interface ToolCall {
  readonly name: string;
  readonly args: Record<string, unknown>;
  readonly id?: string | undefined;
}

export type ToolResult = ToolMessage | Command;
type Act<C> = (call: C) => ToolResult | Promise<ToolResult>;

/** The value of the interrupt of a call that waits. */
export interface PendingCall {
  readonly runId: string;
  readonly action: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly explanation: string;
}

interface Graph {
  getState(config: LangGraphRunnableConfig): Promise<{ readonly next: readonly string[] }>;
}

/** An agent of `createAgent`, or a compiled graph. */
export type Resumable<T> = (Graph | { readonly graph: Graph }) & { invoke(input: null, config: LangGraphRunnableConfig): Promise<T> };

export interface DaaiMiddleware extends AgentMiddleware<undefined, undefined> {
  /**
   * Has a call decided in a node of your own graph: `act` gets it with the arguments that were decided on, and runs the tool. The result is
   * what `act` returns, or says why it wasn't run.
   */
  callTool<C extends ToolCall>(call: C, act: Act<C>, options?: CallOptions): Promise<ToolResult>;
  /**
   * Continues the thread that waits for this run, and returns what the agent's `invoke` returns; null if no thread does.
   *
   * The console is asked again about every call that waits in the thread, and what isn't decided interrupts again. `config` is what `invoke`
   * takes, such as a `context`. Continue a thread in one process at a time.
   */
  resume<T>(agent: Resumable<T>, runId: string, config?: LangGraphRunnableConfig): Promise<T | null>;
}

/**
 * Has every call of a tool decided before it runs.
 *
 * A tool's action has the tool's name, unless `actions` says another; tools in `ungoverned` aren't asked about. A call that a person has to
 * decide interrupts the graph with a `PendingCall`; `pauses` stores the thread by the run's id, for `resume`.
 */
export function daaiMiddleware(client: DaaiClient, pauses: PauseStore, options: GateOptions = {}): DaaiMiddleware {
  const gate = new Gate(client, options);

  const callTool: DaaiMiddleware["callTool"] = async (call, act, { signal } = {}) => {
    const action = gate.actionOf(call.name);
    if (action === null) {
      try {
        return await act(call);
      } catch (error) {
        return toldError(call, error, signal);
      }
    }
    const thread: unknown = getConfig()?.configurable?.["thread_id"];
    if (thread === undefined || call.id === undefined) {
      throw new TypeError("a governed tool needs a checkpointer, a thread_id, and a call with an id");
    }
    const proposed: Proposed = { action, arguments: call.args, framework: "langgraph", conversation: String(thread), id: call.id };
    for (;;) {
      const answer = await gate.ask(proposed);
      if (answer.kind === "refused") return errorMessage(call, answer.explanation);
      if (answer.kind === "granted") return execute(answer, call, act, signal);
      const { explanation, run } = answer;
      await pauses.set(run.actionRunId, proposed.conversation);
      // What it's resumed with isn't looked at: only the console's answer counts.
      interrupt<PendingCall>({ runId: run.actionRunId, action, arguments: call.args, explanation });
    }
  };

  const resume: DaaiMiddleware["resume"] = async (agent, runId, config = {}) => {
    const thread = await pauses.get(runId);
    if (thread == null) return null;
    const ofThread = { ...config, configurable: { ...config.configurable, thread_id: thread } };
    const graph = "graph" in agent ? agent.graph : agent;
    const { next } = await graph.getState(ofThread);
    const result = next.length > 0 ? await agent.invoke(null, ofThread).catch(throwCause) : null;
    const interrupts: unknown = memberOf(result, INTERRUPT);
    const waiting = Array.isArray(interrupts) ? interrupts.map((each) => memberOf(memberOf(each, "value"), "runId")) : [];
    if (!waiting.includes(runId)) await pauses.delete(runId);
    return result;
  };

  const middleware = createMiddleware({
    name: "DaaiMiddleware",
    wrapToolCall: (request, handler) =>
      callTool(request.toolCall, (toolCall) => handler({ ...request, toolCall }), { signal: request.runtime.signal }),
  });
  return Object.assign(middleware, { callTool, resume });
}

async function execute<C extends ToolCall>(granted: Granted, call: C, act: Act<C>, signal: AbortSignal | undefined): Promise<ToolResult> {
  const outcome: { told?: ToolResult; failure?: unknown } = {};
  const run = async () => {
    try {
      outcome.told = await act({ ...call, args: granted.payload });
    } catch (error) {
      outcome.told = toldError(call, error, signal);
      outcome.failure = error;
      throw error;
    }
    if (!ToolMessage.isInstance(outcome.told)) return null;
    if (outcome.told.status !== "error") return outcome.told.content;
    outcome.failure = new Error(outcome.told.text);
    throw outcome.failure;
  };
  try {
    await granted.execute({ signal }, run);
  } catch (error) {
    if (!outcome.told || error !== outcome.failure) throw error;
  }
  return tellOfChange(outcome.told as ToolResult, granted.run);
}

/** A tool's error is for the model, as it is without a middleware. What interrupts or ends the graph isn't. */
function toldError(call: ToolCall, error: unknown, signal: AbortSignal | undefined): ToolMessage {
  if (isGraphBubbleUp(error) || signal?.aborted) throw error;
  return errorMessage(call, `${String(error)}\n Please fix your mistakes.`);
}

function errorMessage({ name, id = "" }: ToolCall, content: string): ToolMessage {
  return new ToolMessage({ content, name, tool_call_id: id, status: "error" });
}

/** The same with who changed what in front, also in the messages that a tool's command has. */
function tellOfChange(result: ToolResult, run: Run): ToolResult {
  if (run.changeExplanation === null) return result;
  const messages: unknown[] = ToolMessage.isInstance(result) ? [result] : Object.values(result.update ?? {}).flat();
  for (const message of messages) {
    if (!ToolMessage.isInstance(message)) continue;
    const { content } = message;
    message.content = typeof content === "string" ? withChange(run, content) : [{ type: "text", text: run.changeExplanation }, ...content];
  }
  return result;
}

/** The framework wraps what a middleware throws, once for each. */
function throwCause(error: unknown): never {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof DaaiError) throw cause;
  throw error;
}
