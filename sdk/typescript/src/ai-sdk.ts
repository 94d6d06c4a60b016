// Tools of the Vercel AI SDK, versions 6 and 7, behind DAAI Console. https://ai-sdk.dev/docs/ai-sdk-core/tools-and-tool-calling

import { ActionNotRun, ApprovalTimeout } from "./action-errors";
import type { DaaiClient } from "./client";
import { DaaiError, memberOf } from "./errors";
import type { InterceptResult, Run } from "./models";
import type { AdmitOptions, CallOptions, GovernedOptions, Proposal } from "./options";
import { isPlainObject } from "./payload";
import { isPlainJson } from "./proposal";

/** What the AI SDK says about a call of a tool. */
export interface ToolCallInfo {
  readonly toolName: string;
  readonly toolCallId: string;
}

export interface GovernToolsOptions extends AdmitOptions, Pick<Proposal, "actor" | "reasoning" | "source"> {
  /** The registered action of a tool; its name if not given. */
  readonly action?: ((toolName: string) => string) | undefined;
  /**
   * What makes a call the same one in another process: by default `ai-sdk:` and the id of the call. Give one if your model's ids repeat in
   * other conversations, as those of some local models do.
   */
  readonly idempotencyKey?: ((call: ToolCallInfo) => string) | undefined;
}

export interface AnswersOptions extends CallOptions {
  /** Wait so many seconds for the decisions; 0 if not given. */
  readonly waitSeconds?: number | undefined;
}

/** An answer to a call that the AI SDK paused. */
export interface ApprovalAnswer {
  type: "tool-approval-response";
  approvalId: string;
  approved: boolean;
  /** What was decided, by whom and why. The model reads it after a no. */
  reason: string;
}

/** The message that resumes a conversation. */
export interface AnswersMessage {
  role: "tool";
  content: ApprovalAnswer[];
}

export interface GovernedTools<T> {
  /** For `generateText`, `streamText` or an agent, in place of the tools that were given. */
  readonly tools: T;
  /**
   * The answers to the calls that paused the conversation, to append to its messages, in whatever process. null: there are none, or one of
   * them is still pending. Throws what `intercept` throws, a DaaiConflictError among it if the arguments of a call are no longer those that
   * were proposed.
   */
  answers(messages: readonly unknown[], options?: AnswersOptions): Promise<AnswersMessage | null>;
}

// As little of a tool as both versions of the AI SDK have in common.
interface CallOptionsOfTool {
  readonly toolCallId: string;
  readonly abortSignal?: AbortSignal | undefined;
}
interface AnyTool {
  readonly execute?: (input: unknown, options: CallOptionsOfTool) => unknown;
  readonly needsApproval?: unknown;
}

/**
 * Puts tools behind the console: every call is proposed as an action with the call's arguments as its payload. A call that needs a person
 * pauses the conversation as the AI SDK's own approvals do. The tool runs under a claim, with the payload that was decided on, once: even if
 * the conversation is resumed twice, or in two processes.
 *
 * What isn't run becomes the tool's error, in words for the model. So does a console that can't be reached. If a person changed the arguments,
 * the result says so, as `daai_change` of an object or below a text.
 *
 * Throws a TypeError for a tool without `execute`, which runs elsewhere, and for one with an approval of its own.
 */
export function governTools<T extends object>(client: DaaiClient, tools: T, options: GovernToolsOptions = {}): GovernedTools<T> {
  const { action = (name: string) => name, idempotencyKey = ({ toolCallId }) => `ai-sdk:${toolCallId}`, waitSeconds, ...common } = options;
  const proposalOf = (call: ToolCallInfo) => ({ ...common, action: action(call.toolName), idempotencyKey: idempotencyKey(call) });

  const propose = (call: ToolCallInfo, input: unknown, signal: AbortSignal | undefined): Promise<InterceptResult> =>
    client.intercept({ ...proposalOf(call), payload: input as object, acceptsChanges: isPlainJson(input) }, { signal });

  const wait = async (run: Run, seconds: number | undefined, signal: AbortSignal | undefined): Promise<Run> => {
    if (!seconds || run.governanceStatus !== "pending_approval") return run;
    try {
      return await client.wait(run.actionRunId, { timeoutSeconds: seconds, signal });
    } catch (error) {
      if (error instanceof ApprovalTimeout) return error.run;
      throw error;
    }
  };

  const govern = (toolName: string, tool: AnyTool): AnyTool => {
    const { execute, needsApproval } = tool;
    if (typeof execute !== "function") throw new TypeError(`the tool ${toolName} has no execute function, so it can't be governed`);
    if (needsApproval) throw new TypeError(`the tool ${toolName} has an approval of its own: remove needsApproval`);
    return {
      ...tool,
      needsApproval: async (input: unknown, { toolCallId }: CallOptionsOfTool) => {
        try {
          const run = await propose({ toolName, toolCallId }, input, common.signal);
          return (await wait(run, waitSeconds, common.signal)).governanceStatus === "pending_approval";
        } catch {
          // `execute` meets the same, and its error becomes the tool's. Here, it would end the conversation.
          return false;
        }
      },
      execute: (input: unknown, given: CallOptionsOfTool) => {
        const call = { toolName, toolCallId: given.toolCallId };
        const { action: name, ...proposal } = proposalOf(call);
        const signal = common.signal ?? given.abortSignal;
        const governed: GovernedOptions<[unknown], unknown> = { ...proposal, signal, onChange: tellOfChange };
        let hasRun = false;
        const run = client.governed(name, governed, async (decided: unknown) => {
          const result = await lastOf(await execute.call(tool, decided, given));
          hasRun = true;
          return result;
        });
        return run(input).catch((error: unknown) => {
          throw error instanceof DaaiError ? new GovernedToolError(error, hasRun) : error;
        });
      },
    };
  };

  return {
    tools: Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, govern(name, tool as AnyTool)])) as T,
    async answers(messages, { waitSeconds: seconds, signal } = {}) {
      const asked = unanswered(messages).filter(({ toolName }) => Object.hasOwn(tools, toolName));
      const deadline = Date.now() + (seconds ?? 0) * 1000;
      const content: ApprovalAnswer[] = [];
      for (const { approvalId, input, ...call } of asked) {
        const run = await wait(await propose(call, input, signal), Math.max(0, (deadline - Date.now()) / 1000), signal);
        if (run.governanceStatus === "pending_approval") return null;
        const approved = run.governanceStatus === "approved" || run.governanceStatus === "allowed";
        content.push({ type: "tool-approval-response", approvalId, approved, reason: run.explanation });
      }
      return content.length === 0 ? null : { role: "tool", content };
    },
  };
}

const HAS_RUN = ". The tool has run: do not repeat it.";

/** For the model: `cause` has the rest. Version 6 of the AI SDK sends it the error as JSON. */
class GovernedToolError extends Error {
  override readonly name: string;

  constructor(cause: DaaiError, hasRun: boolean) {
    super(cause instanceof ActionNotRun ? cause.explanation : `${cause.message}${hasRun ? HAS_RUN : ""}`, { cause });
    this.name = cause.name;
  }

  toJSON(): string {
    return `${this.name}: ${this.message}`;
  }
}

interface PausedCall extends ToolCallInfo {
  readonly approvalId: string;
  readonly input: unknown;
}

/** The calls that wait for an approval, as the messages of the AI SDK have them. */
function unanswered(messages: readonly unknown[]): PausedCall[] {
  const parts = messages.flatMap((message) => {
    const content = memberOf(message, "content");
    return Array.isArray(content) ? (content as unknown[]) : [];
  });
  const ofType = (type: string) => parts.filter((part) => memberOf(part, "type") === type);
  const calls = new Map(ofType("tool-call").map((part) => [memberOf(part, "toolCallId"), part]));
  const answered = new Set(ofType("tool-approval-response").map((part) => memberOf(part, "approvalId")));
  return ofType("tool-approval-request").flatMap((request) => {
    const approvalId = String(memberOf(request, "approvalId"));
    const call = calls.get(memberOf(request, "toolCallId"));
    if (call === undefined || answered.has(approvalId)) return [];
    const [toolName, toolCallId] = [memberOf(call, "toolName"), memberOf(call, "toolCallId")].map(String);
    return [{ approvalId, toolName: toolName ?? "", toolCallId: toolCallId ?? "", input: memberOf(call, "input") }];
  });
}

/** A tool may yield what it has so far; what it yields last is its result. */
async function lastOf(result: unknown): Promise<unknown> {
  if (typeof result !== "object" || result === null || !(Symbol.asyncIterator in result)) return result;
  let last: unknown;
  for await (const value of result as AsyncIterable<unknown>) last = value;
  return last;
}

/** The result of a call that a person changed, for the model. */
function tellOfChange(result: unknown, { changeExplanation }: Run): unknown {
  if (typeof result === "string") return `${result}\n\n${changeExplanation}`;
  return isPlainObject(result) ? { ...result, daai_change: changeExplanation } : { result, daai_change: changeExplanation };
}
