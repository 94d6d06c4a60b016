// Function tools of the OpenAI Agents SDK that run only with an answer of the console.

import { AsyncLocalStorage } from "node:async_hooks";
import { type FunctionTool, tool as functionTool, type RunContext, type ToolInputParameters, type ToolOptions } from "@openai/agents";
import { toSmartString } from "@openai/agents/utils";
import { ActionNotRun } from "./action-errors";
import { memberOf } from "./errors";
import { type Answer, type Granted, withChange } from "./gate";
import type { Run } from "./models";

export type AnyToolOptions = ToolOptions<ToolInputParameters, unknown>;
export type AnyFunctionTool = FunctionTool<unknown, ToolInputParameters>;
type Details = Parameters<AnyFunctionTool["invoke"]>[2];

/** What the console said about the calls that the framework is about to make, by `placeOf`. A call takes its own. */
export const currentAnswers: AsyncLocalStorage<Map<string, Answer>> = new AsyncLocalStorage();

export function placeOf(tool: string, callId: string): string {
  return JSON.stringify([tool, callId]);
}

/** A tool whose every call interrupts the agent, and then needs an answer to run. */
export function governedTool(options: AnyToolOptions): AnyFunctionTool {
  if (options.needsApproval) throw new TypeError("a governed tool can't need an approval of its own: the console's is the one");
  if (memberOf(options, "outputSchema") !== undefined) {
    throw new TypeError("a governed tool can't have an output schema: a refusal doesn't fit it");
  }
  const tool: AnyFunctionTool = functionTool<ToolInputParameters, unknown, unknown>({ ...options, needsApproval: true });
  return {
    ...tool,
    invoke: async (context, _input, details) => {
      const answers = currentAnswers.getStore();
      const place = placeOf(tool.name, details?.toolCall?.callId ?? "");
      const answer = answers?.get(place);
      answers?.delete(place);
      if (!answer) throw new Error(`${tool.name} is governed: run its agent with the run or resume of a DaaiRunner`);
      if (answer.kind === "waiting") throw new ActionNotRun(answer.run);
      return answer.kind === "refused" ? answer.explanation : execute(options, answer, context, details);
    },
  };
}

async function execute(options: AnyToolOptions, answer: Granted, context: RunContext<unknown>, details: Details): Promise<unknown> {
  // What the function throws is a text for the model when `invoke` returns, which isn't to be reported as a result. The framework doesn't
  // call the function with arguments that don't fit.
  let failure: { readonly error: unknown } | null = { error: new TypeError("the arguments don't fit the tool's parameters") };
  const told: unknown[] = [];
  const watched = functionTool<ToolInputParameters, unknown, unknown>({
    ...options,
    execute: async (given, ...rest) => {
      try {
        const result: unknown = await options.execute(given, ...rest);
        failure = null;
        return result;
      } catch (error) {
        failure = { error };
        throw error;
      }
    },
  });
  const input = JSON.stringify(answer.payload);
  const toolCall = details?.toolCall && { ...details.toolCall, arguments: input };
  try {
    await answer.execute({ signal: details?.signal }, async () => {
      const result = await watched.invoke(context, input, { ...details, ...(toolCall && { toolCall }) });
      told.push(result);
      if (failure) throw failure.error;
      return result;
    });
  } catch (error) {
    if (told.length === 0 || error !== failure?.error) throw error;
  }
  return tellOfChange(told[0], answer.run);
}

/** The same with who changed what in front. */
function tellOfChange(result: unknown, run: Run): unknown {
  if (run.changeExplanation === null) return result;
  const outputs: unknown[] = Array.isArray(result) ? result : [result];
  if (outputs.every(isStructured)) return [{ type: "text", text: run.changeExplanation }, ...outputs];
  return withChange(run, toSmartString(result));
}

/** Whether the framework passes it to a model as it is, and not as a text. */
function isStructured(output: unknown): boolean {
  return ["text", "image", "file"].includes(String(memberOf(output, "type")));
}
