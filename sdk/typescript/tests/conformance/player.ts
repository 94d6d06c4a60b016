import { DaaiClient, DaaiError, type Run } from "../../src/index";
import type { Execution, Proposal } from "../../src/options";
import type { Runtime } from "../../src/runtime";
import type { Call, Case, GrantDocument, Setup } from "./scripted-server";
import { camelCase, differences, fill, type Known } from "./values";

export type Decide = (runId: string, decision: string, comment?: string, grant?: GrantDocument) => Promise<void>;

/** What a case's function throws. */
class OwnError extends Error {}

type Outcome = { readonly result: unknown } | { readonly error: Error & Record<string, unknown> };

/** A client whose clock stands still, except for the seconds of a scripted response and for pauses, which are noted. */
export function clientOf(playing: Case, baseUrl: string): { client: DaaiClient; sleeps: number[] } {
  const sleeps: number[] = [];
  let now = 1000;
  const runtime: Runtime = {
    now: () => now,
    random: () => 1,
    sleep: (seconds) => {
      sleeps.push(seconds);
      now += seconds;
      return Promise.resolve();
    },
    fetch: async (...request) => {
      const response = await globalThis.fetch(...request);
      now += Number(response.headers.get("Conformance-Seconds") ?? 0);
      return response;
    },
  };
  const keys = { apiKey: `daai_sk_${"a".repeat(30)}`, workspaceKey: `daai_wk_${"b".repeat(30)}` };
  const timeoutSeconds = playing.client?.timeout_seconds;
  return { client: new DaaiClient({ ...keys, baseUrl, timeoutSeconds, onWarning: () => undefined }, runtime), sleeps };
}

/** What a case does to a console besides calling it. The scripted server needs none of it. */
export interface ConsoleActs {
  readonly setUp: (setup: Setup) => void | Promise<void>;
  /** What a person does to a run. */
  readonly decide: Decide;
  readonly freeze: (action: string) => void | Promise<void>;
  readonly thaw: (action: string) => void | Promise<void>;
  /** Turns a fake's clock. */
  readonly advance?: (seconds: number) => void;
}

/** The methods that aren't the client's. */
const ACTS: readonly string[] = ["decide", "advance", "freeze", "thaw"];

/** Plays one case. */
export class Player {
  private readonly known: Known;
  private called = 0;
  private payload: unknown = null;

  constructor(
    private readonly client: DaaiClient,
    runId: string,
    private readonly acts?: ConsoleActs,
  ) {
    this.known = { $run: runId, $unique: crypto.randomUUID() };
  }

  /** Returns what differs from the case. */
  async play({ calls, setup }: Case): Promise<string[]> {
    const problems: string[] = [];
    if (setup) await this.setUp(setup);
    for (const call of calls) {
      if (ACTS.includes(call.method)) await this.act(call);
      else problems.push(...this.compare(call, await this.outcomeOf(call)));
    }
    return problems;
  }

  private async setUp({ actions, budgets }: Setup): Promise<void> {
    const suffix = String(this.known["$unique"]).slice(0, 8);
    for (const name of Object.keys(actions)) this.known[name] = `${name.slice(1)}_${suffix}`;
    const named = Object.entries(actions).map(([name, policy]) => [String(this.known[name]), policy] as const);
    await this.acts?.setUp({ actions: Object.fromEntries(named), budgets: fill(budgets ?? [], this.known) as Setup["budgets"] & object });
  }

  private async act({ method, arguments: { seconds, action, decision, comment, grant } }: Call): Promise<void> {
    const named = String(fill(action, this.known));
    if (method === "advance") this.acts?.advance?.(Number(seconds));
    else if (method === "freeze") await this.acts?.freeze(named);
    else if (method === "thaw") await this.acts?.thaw(named);
    else
      await this.acts?.decide(
        String(this.known["$run"]),
        String(decision),
        comment as string | undefined,
        grant as GrantDocument | undefined,
      );
  }

  private async outcomeOf(call: Call): Promise<Outcome> {
    this.called = 0;
    this.payload = null;
    try {
      return { result: await this.make(call.method, fill(call.arguments, this.known) as never, call) };
    } catch (error) {
      if (error instanceof DaaiError || error instanceof OwnError) return { error: error as never };
      throw error;
    }
  }

  private make(method: string, given: Record<string, string>, call: Call): Promise<unknown> {
    const { run = "", of, action = "", reason = "", claim_token = "", execution_error = "", ...rest } = given;
    const { wait, timeout, executionResult, claim, ...options } = camelCaseMembers(rest);
    const claimToken = given["claim_token"];
    const times = { waitSeconds: wait as number | undefined, timeoutSeconds: timeout as number | undefined };
    const act = (execution?: Execution) => this.run(call, execution);
    const { client } = this;
    switch (method) {
      case "intercept":
        return client.intercept({
          action: given["action"],
          ...options,
          ...(claim !== undefined && { claim: camelCaseMembers(claim) }),
        } as Proposal);
      case "status":
        return client.status(run);
      case "wait":
        return client.wait(run, { ...options, ...times });
      case "withdraw":
        return client.withdraw(run, reason);
      case "claim":
        return client.claim(run, options as never);
      case "renew_claim":
        return client.renewClaim(run, claim_token, options);
      case "release_claim":
        return client.releaseClaim(run, claim_token);
      case "report_executed":
        return client.reportExecuted(run, executionResult as object | undefined, { claimToken });
      case "report_failed":
        return client.reportFailed(run, execution_error, { claimToken, executionResult: executionResult as object | undefined });
      case "execution":
        return client.execution((of as unknown as Run | undefined) ?? run, { ...options, ...times }, act);
      case "governed":
        return given["call"] === undefined
          ? client.governed(action, { ...options, ...times }, () => act())()
          : client.governed(action, { ...rest, ...times }, (argument: object) => this.run(call, { payload: argument }))(
              given["call"] as never,
            );
      default:
        throw new Error(`no method ${method}`);
    }
  }

  private run(call: Call, execution?: { readonly payload: unknown }): unknown {
    this.called += 1;
    if (call.payload !== undefined) this.payload = execution?.payload;
    const { returns, raises } = fill(call.function ?? {}, this.known) as { returns?: unknown; raises?: string };
    if (raises !== undefined) throw new OwnError(raises);
    return returns;
  }

  private *compare(call: Call, outcome: Outcome): Generator<string> {
    const { method, called, payload, result } = call;
    if ("result" in outcome) this.remember(method, outcome.result);
    if (called !== undefined && called !== this.called) yield `${method}: the function was called ${this.called} times, not ${called}`;
    if (payload !== undefined) yield* differences(payload, this.payload, `${method}: the payload`);
    if ("error" in outcome) yield* this.compareError(call, outcome.error);
    else if (call.error !== undefined) yield `${method} threw nothing, and returned ${JSON.stringify(outcome.result)}`;
    else if (result !== undefined) yield* differences(fill(result, this.known), outcome.result, `${method}: the result`);
  }

  private remember(method: string, result: unknown): void {
    const { actionRunId, claim } = (result ?? {}) as { actionRunId?: string; claim?: { token: string } | null };
    if (method === "intercept") Object.assign(this.known, { $run: actionRunId, $last: result });
    if (claim) this.known["$token"] = claim.token;
  }

  private *compareError({ method, error: expected }: Call, error: Error & Record<string, unknown>): Generator<string> {
    if (expected === "own" && error instanceof OwnError) return;
    if (typeof expected !== "object" || error.name !== expected.name) {
      yield `${method} threw ${String(error)}`;
      return;
    }
    const { name: _, message = "", cause, ...members } = expected;
    yield* differences(members, error, method);
    if (!error.message.includes(message)) yield `${method}: the message is ${error.message}`;
    const actualCause = (error.cause as Error | undefined)?.name;
    if (cause !== undefined && cause !== actualCause) yield `${method}: the cause is ${actualCause}`;
  }
}

function camelCaseMembers(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value as object).map(([name, member]) => [camelCase(name), member as unknown]));
}
