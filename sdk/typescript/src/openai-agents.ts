// OpenAI Agents SDK for JavaScript: a tool call waits as an interruption, the agent's state under the ids of its runs.
// https://openai.github.io/openai-agents-js/guides/human-in-the-loop

import {
  type AgentInputItem,
  type tool as functionTool,
  type NonStreamRunOptions,
  RunContext,
  Runner,
  type RunResult,
  RunState,
  type RunToolApprovalItem,
  ToolCallError,
} from "@openai/agents";
import type { DaaiClient } from "./client";
import { DaaiError } from "./errors";
import { type Answer, Gate, type GateOptions } from "./gate";
import { type AnyToolOptions, currentAnswers, governedTool, placeOf } from "./openai-agents-tools";
import type { PauseStore } from "./pause-store";
import { isPlainObject } from "./payload";

export type { GateOptions, PauseStore };

export interface DaaiRunnerOptions extends GateOptions {
  /** What runs the agents; one with the framework's defaults if not given. */
  readonly runner?: Runner | undefined;
}

type AnyAgent = Parameters<Runner["run"]>[0];
type Input<C, A extends AnyAgent> = string | AgentInputItem[] | RunState<C, A>;
type Options<C, A extends AnyAgent> = NonStreamRunOptions<C, A>;

/** What is stored by the id of each run that waits. */
interface Kept {
  readonly runIds: readonly string[];
  readonly conversation: string;
  readonly state: string;
}

/** What became of an agent, and the runs that it waits for. */
interface Outcome<C, A extends AnyAgent> {
  readonly result: RunResult<C, A>;
  readonly waiting: readonly string[];
}

/**
 * Runs agents, and has every call of a governed tool decided before it runs.
 *
 * Make an agent's tools with `tool` instead of the SDK's, and use `run` instead of its `run`. A tool's action has the tool's name, unless
 * `actions` says another; tools in `ungoverned` aren't asked about, and an agent with other tools isn't run. A result with `interruptions` has
 * calls that are pending: its state is stored by the ids of their runs, for `resume`.
 */
export class DaaiRunner {
  /** As `tool` of the SDK, with the same options, but for `needsApproval` and `outputSchema`. */
  readonly tool: typeof functionTool = ((options: AnyToolOptions) => this.#makeTool(options)) as typeof functionTool;
  readonly #gate: Gate;
  readonly #pauses: PauseStore;
  readonly #runner: Runner;
  readonly #names = new Set<string>();
  /** The functions by which a governed tool is known, also when the framework has copied it. */
  readonly #invokes = new WeakSet();

  constructor(client: DaaiClient, pauses: PauseStore, { runner = new Runner(), ...options }: DaaiRunnerOptions = {}) {
    this.#gate = new Gate(client, options);
    this.#pauses = pauses;
    this.#runner = runner;
  }

  /** As `run` of the SDK, until the agent ends or all of its calls are pending. Throws a TypeError for an agent with a tool that isn't governed. */
  async run<A extends AnyAgent, C = undefined>(agent: A, input: Input<C, A>, options: Options<C, A> = {}): Promise<RunResult<C, A>> {
    return (await this.#goOn(agent, input, crypto.randomUUID(), options)).result;
  }

  /**
   * Continues the agent that waits for this run; null if none does.
   *
   * The console is asked again about every call that waits; if some aren't decided, the state is stored again. The `context` isn't stored: give
   * it again. Continue an agent's state in one process at a time.
   */
  async resume<A extends AnyAgent, C = undefined>(agent: A, runId: string, options: Options<C, A> = {}): Promise<RunResult<C, A> | null> {
    const text = await this.#pauses.get(runId);
    if (text == null) return null;
    const kept = JSON.parse(text) as Kept;
    const state = await restore(agent, kept.state, options);
    const { result, waiting } = await this.#goOn(agent, state, kept.conversation, options);
    for (const id of kept.runIds) if (!waiting.includes(id)) await this.#pauses.delete(id);
    return result;
  }

  #makeTool(options: AnyToolOptions): ReturnType<typeof governedTool> {
    const tool = governedTool(options);
    if (this.#gate.actionOf(tool.name) === null) throw new TypeError(`${tool.name} is ungoverned: make it with the SDK's tool`);
    this.#names.add(tool.name);
    this.#invokes.add(tool.invoke);
    return tool;
  }

  async #goOn<C, A extends AnyAgent>(agent: A, input: Input<C, A>, conversation: string, options: Options<C, A>): Promise<Outcome<C, A>> {
    this.#checkTools(agent);
    let start = input;
    let settings = options;
    let result: RunResult<C, A> | null = null;
    for (;;) {
      const calls = start instanceof RunState ? start.getInterruptions() : [];
      const answers = new Map<string, Answer>();
      const answered: RunToolApprovalItem[] = [];
      const waiting: string[] = [];
      try {
        for (const call of calls) {
          const answer = await this.#ask(conversation, call, answers);
          if (answer.kind === "waiting") waiting.push(answer.run.actionRunId);
          else answered.push(call);
        }
        if (result && start instanceof RunState && answered.length === 0) {
          await this.#keep(waiting, conversation, start);
          return { result, waiting };
        }
        // For the framework. What it may run is what has an answer.
        if (start instanceof RunState) for (const call of answered) start.approve(call);
        result = await currentAnswers.run(answers, () => this.#runAgent(agent, start, settings));
      } finally {
        const untaken = [...answers.values()];
        answers.clear();
        for (const answer of untaken) if (answer.kind === "granted") await answer.release();
      }
      if (result.interruptions.length === 0) return { result, waiting: [] };
      const again = new Set(result.interruptions.map(placeOfCall));
      if (answered.some((call) => again.has(placeOfCall(call)))) throw new Error("the framework didn't make a call that has its answer");
      start = result.state;
      settings = { ...options };
      // The state has these itself, and giving them again would replace what became of them.
      for (const name of ["context", "maxTurns", "conversationId", "previousResponseId"] as const) delete settings[name];
    }
  }

  /** Also adds the answer, for the tool. */
  async #ask(conversation: string, call: RunToolApprovalItem, answers: Map<string, Answer>): Promise<Answer> {
    const { name, callId } = callOf(call);
    const action = this.#gate.actionOf(name);
    if (!this.#names.has(name) || action === null) throw notGoverned(name);
    const place = placeOf(name, callId);
    if (answers.has(place)) throw new TypeError(`two calls of ${name} have the same id, ${callId}`);
    const input = parsed(call.arguments);
    const answer: Answer = isPlainObject(input)
      ? await this.#gate.ask({ action, arguments: input, framework: "openai_agents", conversation, id: callId })
      : { kind: "refused", explanation: "The arguments aren't a JSON object. Not executed." };
    answers.set(place, answer);
    return answer;
  }

  async #keep<C, A extends AnyAgent>(runIds: readonly string[], conversation: string, state: RunState<C, A>): Promise<void> {
    const kept: Kept = { runIds, conversation, state: JSON.stringify(withoutContext(state.toJSON())) };
    for (const runId of runIds) await this.#pauses.set(runId, JSON.stringify(kept));
  }

  async #runAgent<C, A extends AnyAgent>(agent: A, start: Input<C, A>, settings: Options<C, A>): Promise<RunResult<C, A>> {
    try {
      return await this.#runner.run(agent, start, settings);
    } catch (error) {
      throw error instanceof ToolCallError && error.error instanceof DaaiError ? error.error : error;
    }
  }

  /** A tool that somebody adds later isn't run without asking. */
  #checkTools(agent: AnyAgent, seen: Set<AnyAgent> = new Set()): void {
    if (seen.has(agent)) return;
    seen.add(agent);
    for (const tool of agent.tools) {
      const isGoverned = tool.type === "function" && this.#invokes.has(tool.invoke);
      if (!isGoverned && this.#gate.actionOf(tool.name) !== null) {
        throw new TypeError(`${tool.name} isn't governed: make it with tool of the DaaiRunner, or name it in ungoverned`);
      }
    }
    for (const handoff of agent.handoffs) this.#checkTools("agent" in handoff ? handoff.agent : handoff, seen);
  }
}

async function restore<C, A extends AnyAgent>(agent: A, state: string, { context }: Options<C, A>): Promise<RunState<C, A>> {
  if (context === undefined) return RunState.fromString(agent, state);
  return RunState.fromStringWithContext(agent, state, context instanceof RunContext ? context : new RunContext(context));
}

type StateJson = ReturnType<RunState<unknown, AnyAgent>["toJSON"]>;

/** Without what an app gives its tools, which may be secret, also in the states of agents that are tools. */
function withoutContext(state: StateJson): StateJson {
  const nested = Object.entries(state.pendingAgentToolRuns).map(([name, text]) => {
    return [name, JSON.stringify(withoutContext(JSON.parse(text) as StateJson))];
  });
  return {
    ...state,
    context: { ...state.context, context: {} },
    pendingAgentToolRuns: Object.fromEntries(nested) as Record<string, string>,
  };
}

function callOf({ rawItem, name }: RunToolApprovalItem): { readonly name: string; readonly callId: string } {
  if (rawItem.type === "function_call") return rawItem;
  throw notGoverned(name ?? rawItem.type);
}

function notGoverned(name: string): TypeError {
  return new TypeError(`${name} needs an approval, but isn't governed, so nobody can give it`);
}

function placeOfCall(call: RunToolApprovalItem): string {
  const { name, callId } = callOf(call);
  return placeOf(name, callId);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return undefined;
  }
}
