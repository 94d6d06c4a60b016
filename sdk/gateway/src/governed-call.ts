import { admit, executeHeld } from "@/sdk/typescript/src/admission";
import { ActionAlreadyTaken, ActionNotRun, ActionPending, ExecutionNotReported, LogTampered, type Run } from "@/sdk/typescript/src/index";
import {
  doubtAnswer,
  heldAnswer,
  lostReadAnswer,
  NEVER,
  NO_TASKS,
  NOTHING_TO_CONTINUE,
  notSentAnswer,
  refusalAnswer,
  unclearAnswer,
  unlistedAnswer,
} from "./answers";
import { type CallChange, changedCall, changeIn, replyToChanged } from "./changed-call";
import { type ForwardedCalls, isContinuation, ReplyLost } from "./forwarded-calls";
import type { GatewayParts } from "./gateway-parts";
import type { ListedTools } from "./listed-tools";
import { envelopeOf, isStateless, type Line, type Members, type Message, membersOf, type RequestId } from "./messages";
import type { OpenCall } from "./open-calls";
import { hashOf, payloadOf } from "./payload-of";
import { reportOf, ToolFailed } from "./reports";
import { actionOf } from "./settings";
import { showProgress } from "./show-progress";
import type { ToolDefinition } from "./tool-definitions";
import { NotSent, Refused } from "./upstream";
import { afterVisit, canVisit, visitResult } from "./visits";

const INVALID_PARAMS = -32_602;

/** What a call needs of the gateway that it came to. */
export interface CallHost {
  readonly parts: GatewayParts;
  readonly forwarded: ForwardedCalls;
  readonly tools: ListedTools;
  /** Who acts, for the console. */
  actorOf(params: unknown): string | undefined;
  /** The client continues the call under another id, by which it may cancel it. */
  continuedAs(call: GovernedCall, id: RequestId): void;
  /** Answers a request with an error of the protocol. */
  fail(id: unknown, code: number, message: string): void;
}

/** A call of a tool: proposed, decided, claimed, forwarded and reported. */
export class GovernedCall {
  readonly #gateway: CallHost;
  #line: Line;
  readonly #params: Members;
  readonly #tool: string;
  readonly #arguments: Members;
  readonly #canceled = new AbortController();
  #link: string | null = null;
  /** Whether the server may have it. */
  isForwarded = false;

  constructor(gateway: CallHost, line: Line) {
    this.#gateway = gateway;
    this.#line = line;
    this.#params = membersOf(line.message.params);
    this.#tool = String(this.#params["name"]);
    this.#arguments = membersOf(this.#params["arguments"]);
  }

  /** The client isn't interested anymore. The run stays: the next call with the same arguments continues it. */
  cancel(): void {
    this.#canceled.abort(new Error("The client canceled the call before it was sent to the server."));
  }

  /** Never rejects: whatever happens, the client gets an answer, unless it canceled the call. */
  async run(): Promise<void> {
    try {
      await this.#decide();
    } catch (error) {
      if (error instanceof LogTampered) this.#gateway.parts.warn(error.message);
      this.#answer(refusalAnswer(this.#tool, error, this.#link));
    }
  }

  async #decide(): Promise<void> {
    const { settings, openCalls } = this.#gateway.parts;
    if (this.#line.flaw !== null) return this.#answer(unclearAnswer(this.#line.flaw));
    const { name, arguments: args } = this.#params;
    if (typeof name !== "string" || (args !== undefined && args !== this.#arguments)) {
      return this.#gateway.fail(this.#line.message.id, INVALID_PARAMS, "A call needs the name of a tool, and its arguments as an object.");
    }
    if (settings.never.has(name)) return this.#answer(NEVER);
    if (isContinuation(this.#params)) {
      const visited = afterVisit(this.#line);
      if (visited === null) return this.#answer(NOTHING_TO_CONTINUE);
      this.#line = visited;
    }
    const definitions = await this.#accepted();
    if (definitions === null) return;
    if (settings.readOnly.has(name) && definitions.every(({ isReadOnly }) => isReadOnly)) return this.#pass();
    if (this.#params["task"] !== undefined) return this.#gateway.fail(this.#line.message.id, INVALID_PARAMS, NO_TASKS);
    const action = actionOf(settings, name);
    const call = openCalls.take(hashOf([settings.server, name, action, this.#arguments]));
    try {
      await this.#govern(action, call);
    } catch (error) {
      // What is over is answered; what may still come is found by the next call.
      if (isOver(error)) call.close();
      throw error;
    } finally {
      call.leave();
    }
  }

  /** The tool's definitions, if people accepted each: the one now, and what the client was shown. Otherwise answers, and returns null. */
  async #accepted(): Promise<readonly ToolDefinition[] | null> {
    const { settings, accepted } = this.#gateway.parts;
    let definitions: readonly ToolDefinition[] = [];
    let problem: string | null = null;
    try {
      definitions = await this.#gateway.tools.get(this.#tool, envelopeOf(this.#params));
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (definitions.length === 0) {
      this.#answer(unlistedAnswer(this.#tool, problem));
      return null;
    }
    const { signal } = this.#canceled;
    for (const tool of definitions) {
      const acceptance = await this.#showingProgress(
        "Held until someone accepts the tool",
        () => accepted.linkOf(tool),
        () => accepted.acceptance(tool, settings.waitSeconds, signal),
      );
      if (acceptance.is === "accepted") continue;
      this.#answer(heldAnswer(this.#tool, acceptance));
      return null;
    }
    return definitions;
  }

  async #govern(action: string, call: OpenCall): Promise<void> {
    const { settings, console, worker } = this.#gateway.parts;
    const { signal } = this.#canceled;
    const payload = payloadOf(this.#arguments);
    // A person who sees no more than the beginning of a text can't change it.
    const acceptsChanges = payload === this.#arguments;
    let run: Run = await console.intercept(
      {
        action,
        payload,
        idempotencyKey: call.idempotencyKey,
        source: { type: "mcp", ref: `${settings.server}/${this.#tool}` },
        actor: this.#gateway.actorOf(this.#params),
        acceptsChanges,
        claim: { worker, leaseSeconds: settings.leaseSeconds },
      },
      { signal },
    );
    this.#link = typeof run.links["run"] === "string" ? run.links["run"] : null;
    if (run.governanceStatus === "pending_approval") {
      if (canVisit(this.#params, this.#link)) return this.#result(visitResult(this.#tool, this.#link));
      run = await this.#showingProgress(
        "Pending approval",
        () => this.#link,
        () => console.wait(run.actionRunId, { timeoutSeconds: settings.waitSeconds, signal }),
      );
      // It may have changed while people thought about the call.
      if (run.executable && (await this.#accepted()) === null) return;
    }
    await this.#execute(run, call, payload, acceptsChanges);
  }

  async #execute(run: Run, call: OpenCall, payload: Members, acceptsChanges: boolean): Promise<void> {
    const { settings, console, worker, warn } = this.#gateway.parts;
    const doubt = new AbortController();
    const options = { leaseSeconds: settings.leaseSeconds, signal: doubt.signal };
    let isAnswered = false;
    const forward = async (change: CallChange | null) => {
      this.#canceled.signal.throwIfAborted();
      call.send();
      try {
        const reply = await this.#forward(change);
        isAnswered = true;
        call.close();
        return reportOf(reply, settings, this.#tool);
      } catch (error) {
        if (error instanceof ReplyLost) doubt.abort(error);
        throw error;
      }
    };
    try {
      const held = await admit(console, run, worker, options, payload, acceptsChanges);
      await executeHeld(console, held, options, () => forward(changeIn(held)));
    } catch (error) {
      if (error instanceof ReplyLost) this.#answer(doubtAnswer(this.#tool, error.message, this.#link));
      else if (error instanceof NotSent || error instanceof Refused) {
        call.close();
        this.#answer(notSentAnswer(this.#tool, error.message));
      } else if (error instanceof ExecutionNotReported) warn(error.message);
      else if (this.#canceled.signal.aborted && error === this.#canceled.signal.reason) call.close();
      else if (!isAnswered) throw error;
      else if (!(error instanceof ToolFailed)) warn(`after a call: ${String(error)}`);
    }
  }

  /** Until the server's last reply, which is the result: before it, the server may want to know more from the client. */
  async #forward(change: CallChange | null = null): Promise<Message> {
    this.isForwarded = true;
    for (let line = this.#line; ; ) {
      const reply = await this.#gateway.forwarded.exchange(change ? changedCall(line, change) : line);
      this.#gateway.parts.write(change ? replyToChanged(reply.text, change) : reply.text);
      const result = membersOf(reply.message.result);
      if (result["resultType"] !== "input_required") return reply.message;
      line = await this.#gateway.forwarded.continuation(this.#params, result["requestState"], (next) => {
        this.#line = next;
        this.#gateway.continuedAs(this, next.message.id as RequestId);
      });
      if (this.#canceled.signal.aborted) throw new ReplyLost("the client canceled it while the server waited to go on");
    }
  }

  /** A tool that only reads, as server and settings agree. */
  async #pass(): Promise<void> {
    try {
      await this.#forward();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#answer(error instanceof ReplyLost ? lostReadAnswer(this.#tool, reason) : notSentAnswer(this.#tool, reason));
    }
  }

  #answer(text: string): void {
    const type = isStateless(this.#params) ? { resultType: "complete" } : {};
    // An error, so that clients don't expect the tool's own output.
    this.#result({ ...type, content: [{ type: "text", text }], isError: true });
  }

  #result(result: Members): void {
    if (this.#canceled.signal.aborted) return;
    this.#gateway.parts.write(JSON.stringify({ jsonrpc: "2.0", id: this.#line.message.id, result }));
  }

  #showingProgress<T>(message: string, linkOf: () => string | null, wait: () => Promise<T>): Promise<T> {
    return showProgress(membersOf(this.#params["_meta"])["progressToken"], message, linkOf, this.#gateway.parts.write, wait);
  }
}

/** Nothing more will come of the run. */
function isOver(error: unknown): boolean {
  if (!(error instanceof ActionNotRun) || error instanceof ActionPending) return false;
  const { governanceStatus, executionStatus } = error.run;
  if (error instanceof ActionAlreadyTaken) return executionStatus === "executed" || executionStatus === "failed";
  return governanceStatus === "rejected" || governanceStatus === "blocked";
}
