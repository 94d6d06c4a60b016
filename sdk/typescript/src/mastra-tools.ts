// Tools of Mastra that run only with an answer of the console.

import { AsyncLocalStorage } from "node:async_hooks";
import { createTool } from "@mastra/core/tools";
import { memberOf } from "./errors";
import { type Gate, type Granted, withChange } from "./gate";
import { type Pause, placeOf, type Round, type SuspendedCall } from "./mastra-calls";
import type { Run } from "./models";
import type { PauseStore } from "./pause-store";
import { isPlainObject } from "./payload";

/** As little of a tool's context as all supported versions have in common. */
interface CallContext {
  readonly agent?: AgentContext;
  readonly abortSignal?: AbortSignal;
}
interface AgentContext {
  readonly toolCallId: string;
  readonly suspend: (payload: SuspendedCall) => Promise<void>;
  readonly resumeData?: unknown;
  readonly suspendPayload?: unknown;
  readonly isBackgroundTask?: boolean;
}
type Execute = (input: unknown, context: CallContext) => unknown;
export type AnyToolOptions = Omit<Parameters<typeof createTool>[0], "execute"> & { readonly execute?: Execute };
export type AnyTool = ReturnType<typeof createTool>;

/** A tool finds here what it is part of. */
export const currentRound: AsyncLocalStorage<Round> = new AsyncLocalStorage();

/** Each needs something of a tool that the adapter doesn't have, or that a refusal doesn't fit. */
const UNSUPPORTED = ["requireApproval", "suspendSchema", "resumeSchema", "toModelOutput", "background"];

/** A tool whose every call is decided. One that waits suspends the agent, and is asked about again when the agent is resumed. */
export function governedTool(gate: Gate, pauses: PauseStore, { outputSchema, ...options }: AnyToolOptions): AnyTool {
  const { id, execute } = options;
  const action = gate.actionOf(id);
  if (action === null) throw new TypeError(`${id} is ungoverned: make it with Mastra's createTool`);
  if (!execute) throw new TypeError(`the tool ${id} has no execute function, so it can't be governed`);
  const unsupported = UNSUPPORTED.find((name) => memberOf(options, name));
  if (unsupported) throw new TypeError(`a governed tool can't have ${unsupported}`);

  const call = async (input: unknown, context: CallContext): Promise<unknown> => {
    const { agent } = context;
    const agentRunId = memberOf(context, "runId");
    if (!agent?.toolCallId || typeof agentRunId !== "string" || agent.isBackgroundTask) {
      throw new Error(`${id} is governed: only an agent can call it, and not in the background`);
    }
    const round = currentRound.getStore();
    const place = placeOf(agentRunId, agent.toolCallId);
    // In some versions, the input of a resumed call is what the model wrote, and not what the tool's schema made of it.
    const known = memberOf(memberOf(agent.resumeData, "daai"), place) ?? agent.suspendPayload;
    const proposed = memberOf(known, "arguments") ?? input;
    if (!isPlainObject(proposed)) return "The arguments aren't a JSON object. Not executed.";
    const suspend = async (runId: string | null, explanation: string) => {
      round?.waiting.set(place, { runId, arguments: proposed });
      await agent.suspend({ runId, action, arguments: proposed, explanation });
    };
    let outcome: Outcome;
    try {
      const answer = await gate.ask({ action, arguments: proposed, framework: "mastra", conversation: agentRunId, id: agent.toolCallId });
      if (answer.kind === "refused") return answer.explanation;
      if (answer.kind === "waiting") {
        const { actionRunId: runId } = answer.run;
        const pause: Pause = { agentRunId: round?.agentRunId ?? agentRunId, calls: { [place]: { runId, arguments: proposed } } };
        await pauses.set(runId, JSON.stringify(pause));
        return await suspend(runId, answer.explanation);
      }
      outcome = await executeGranted({ ...options, outputSchema, execute }, answer, context);
    } catch (error) {
      // The framework would give it to the model as the tool's result.
      round?.problems.push(error);
      return suspend(round?.before[place]?.runId ?? null, String(error));
    }
    if ("failure" in outcome) throw outcome.failure;
    return outcome.told;
  };
  return createTool({ ...options, execute: call } as never);
}

/** What the model gets, or the tool's own error, which the framework tells it. */
type Outcome = { readonly told: unknown } | { readonly failure: unknown };

async function executeGranted(options: AnyToolOptions, granted: Granted, context: CallContext): Promise<Outcome> {
  const { id, description, inputSchema, outputSchema, execute } = options;
  const { run, payload } = granted;
  const ended: { told?: unknown; result?: unknown; hasRun?: boolean; failure?: unknown } = {};
  const tool = createTool({
    id,
    description,
    // The framework has checked what the model wrote, and a schema may not take what it has made of it.
    ...(run.payloadChanged && { inputSchema }),
    outputSchema,
    execute: async (input: unknown, given: CallContext) => {
      ended.result = await execute?.(input, given);
      ended.hasRun = true;
      return ended.result;
    },
  } as never) as unknown as { readonly execute: Execute };
  const act = async () => {
    try {
      ended.told = await tool.execute(payload, withoutSuspension(context, id));
      if (!ended.hasRun) throw new TypeError(String(memberOf(ended.told, "message")));
    } catch (error) {
      ended.failure = error;
      throw error;
    }
    return ended.result;
  };
  try {
    await granted.execute({ signal: context.abortSignal }, act);
  } catch (error) {
    if (!("failure" in ended) || error !== ended.failure) throw error;
    // Some versions give the model nothing but the message.
    return { failure: new Error(withChange(run, String(error)), { cause: error }) };
  }
  return { told: tellOfChange(ended.told, run) };
}

/** A claim doesn't outlive a suspension. */
function withoutSuspension(context: CallContext, id: string): CallContext {
  const suspend = () => Promise.reject(new Error(`${id} is governed: it can't suspend its agent`));
  const never = { suspend, resumeData: undefined, suspendPayload: undefined };
  return { ...context, ...never, ...(context.agent && { agent: { ...context.agent, ...never } }) };
}

/** The same with who changed what in front. */
function tellOfChange(result: unknown, run: Run): unknown {
  if (run.changeExplanation === null) return result;
  return withChange(run, typeof result === "string" ? result : JSON.stringify(result ?? null));
}
