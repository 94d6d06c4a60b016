import { DaaiClient } from "./client";
import type { DaaiClientOptions } from "./config";
import { type Budget, budgetOf } from "./fake-budgets";
import { FakeClock } from "./fake-clock";
import { type ExpectedProposal, proposalsText, proposedIn } from "./fake-expectations";
import { respondTo } from "./fake-fetch";
import type { FreezeOptions } from "./fake-freezes";
import type { FakeGrant, Grant } from "./fake-grants";
import { APPROVER, type Decision, type Person } from "./fake-people";
import { type ActionSettings, actionOf, type Policy } from "./fake-policies";
import { FakeProposals } from "./fake-proposals";
import { end, type FakeRun, hasApprovalOf, isReported, type KeptRun } from "./fake-run";
import { ORIGIN, Refusal } from "./fake-runs";
import type { WireObject } from "./models";
import { type Runtime, SYSTEM_RUNTIME } from "./runtime";

export interface FakeDaaiOptions {
  /** The registered actions by name. Any other is blocked, as in a console that doesn't know it. */
  readonly policies?: Readonly<Record<string, Policy>> | undefined;
  /**
   * The first who takes a request answers it; without one, it waits until it expires. Where several approvals are needed, all who take it
   * answer.
   */
  readonly people?: readonly Person[] | undefined;
  /** They count what is proposed from now on. */
  readonly budgets?: readonly Budget[] | undefined;
  readonly clock?: FakeClock | undefined;
}

interface DecideOptions {
  readonly by?: string | undefined;
  readonly change?: WireObject | null | undefined;
  /** What is approved in advance, with an approval without a change. */
  readonly grant?: Grant | null | undefined;
}

const KEYS = { apiKey: `daai_sk_${"0".repeat(30)}`, workspaceKey: `daai_wk_${"0".repeat(30)}`, baseUrl: `${ORIGIN}/api` };
const SETTINGS = { DAAI_API_KEY: KEYS.apiKey, DAAI_WORKSPACE_KEY: KEYS.workspaceKey, DAAI_BASE_URL: KEYS.baseUrl };

let isInstalled = false;

/**
 * A console in memory, with people who do as told and a clock that a test turns. Use `client()`, or `install()`, after which every client of
 * the process talks to it.
 */
export class FakeDaai {
  readonly clock: FakeClock;
  /** Set it to have every request fail, as if the console couldn't be reached. */
  isDown = false;
  readonly #console: FakeProposals;
  readonly #runtime: Runtime;
  #restore: (() => void) | null = null;

  constructor({ policies = {}, people = [], budgets = [], clock = new FakeClock() }: FakeDaaiOptions = {}) {
    this.clock = clock;
    this.#console = new FakeProposals(clock, people);
    for (const [action, policy] of Object.entries(policies)) this.register(action, policy);
    for (const budget of budgets) this.addBudget(budget);
    this.#runtime = {
      fetch: this.fetch,
      now: () => clock.now.getTime() / 1000,
      random: () => 1,
      sleep: async (seconds, signal) => {
        signal?.throwIfAborted();
        clock.advance({ seconds });
      },
    };
  }

  /** Who answers requests, also those that are pending now. */
  get people(): readonly Person[] {
    return this.#console.people;
  }

  set people(people: readonly Person[]) {
    this.#console.people = people;
  }

  /** Registers an action, or replaces its settings. Throws a RangeError for impossible numbers of approvals. */
  register(action: string, policy: Policy, settings: ActionSettings = {}): void {
    this.#console.actions.set(action, actionOf(policy, settings));
  }

  /** Adds a budget. It counts what is proposed from now on. Throws a TypeError or a RangeError for what no console takes. */
  addBudget(budget: Budget): void {
    if (this.#console.budgets.some(({ name }) => name === budget.name)) throw new TypeError(`there is a budget ${budget.name} already`);
    this.#console.budgets.push(budgetOf(budget));
  }

  /** What is used of a budget in the current period: a plain decimal. `value` is the one of what the budget counts separately. */
  budgetUsed(name: string, value?: string): string {
    const budget = this.#console.budgets.find((one) => one.name === name);
    if (budget === undefined) throw new Error(`there is no budget ${name}`);
    return this.#console.currentlyUsed(budget, value);
  }

  /** The standing grants, in the order in which they were given. */
  get grants(): readonly FakeGrant[] {
    return [...this.#console.grants];
  }

  /** Revokes a standing grant. What it allowed before stays allowed. */
  revokeGrant(grantId: string): void {
    const grant = this.#console.grants.find(({ id }) => id === grantId);
    if (grant === undefined) throw new Error(`there is no grant ${grantId}`);
    grant.isRevoked = true;
  }

  /** Freezes an action, or all of them, until `thaw`: nothing new may run, and deadlines stand still. */
  freeze({ action, reason = "Frozen by a test.", by = APPROVER }: FreezeOptions = {}): void {
    // What had expired before stays so.
    void this.runs;
    this.#console.freezes.push({ action: action ?? null, reason, by, at: this.#console.now, thawedAt: null });
  }

  /** Ends the freeze of an action, or the one of all. Deadlines get back the time that stood still. */
  thaw({ action }: Pick<FreezeOptions, "action"> = {}): void {
    const freeze = this.#console.freezes.find((one) => one.thawedAt === null && one.action === (action ?? null));
    if (freeze === undefined) throw new Error(`${action ?? "the console"} isn't frozen`);
    this.#console.thaw(freeze);
  }

  /** A client that talks to this fake. */
  client(options: DaaiClientOptions = {}): DaaiClient {
    return new DaaiClient({ ...KEYS, ...options }, this.#runtime);
  }

  /** Reaches this fake at any address: the `fetch` of a client of your own. */
  readonly fetch: typeof globalThis.fetch = (...request) => {
    if (!this.isDown) return respondTo(this.#console, ...request);
    return Promise.reject(
      Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED", message: "the console is down" } }),
    );
  };

  /** Has every client of this process talk to this fake, except those with a `fetch` of their own, until `uninstall()`. */
  install(): void {
    if (isInstalled) throw new Error("another FakeDaai is installed: uninstall it first");
    const before = { ...SYSTEM_RUNTIME };
    const { env = {} } = (globalThis as { readonly process?: { readonly env?: Record<string, string | undefined> } }).process ?? {};
    const settings = Object.keys(SETTINGS).map((name) => [name, env[name]] as const);
    Object.assign(SYSTEM_RUNTIME, this.#runtime);
    Object.assign(env, SETTINGS);
    isInstalled = true;
    this.#restore = () => {
      Object.assign(SYSTEM_RUNTIME, before);
      for (const [name, value] of settings) {
        if (value === undefined) delete env[name];
        else env[name] = value;
      }
      isInstalled = false;
    };
  }

  uninstall(): void {
    this.#restore?.();
    this.#restore = null;
  }

  /** Every run, as it is now, in the order in which they were proposed. */
  get runs(): readonly FakeRun[] {
    return [...this.#console.runs.keys()].map((id) => this.#console.find(id));
  }

  run(runId: string): FakeRun {
    return this.#find(runId);
  }

  /**
   * Answers a pending run. Where several approvals are needed, it stays pending until the last one. A `change` is approved, with a comment
   * that says why. Throws if the run isn't pending anymore, or this person has approved it.
   */
  decide(runId: string, decision: Decision, comment?: string, { by = APPROVER, change = null, grant = null }: DecideOptions = {}): FakeRun {
    const run = this.#find(runId);
    required(run.governanceStatus === "pending_approval", run, "isn't pending");
    required(decision !== "approve" || !this.#console.isFrozen(run), run, "is frozen, so nobody can approve it");
    required(!hasApprovalOf(run, by), run, `has the approval of ${by}, and nobody counts twice`);
    required(change === null || (decision === "approve" && !!comment), run, "is changed with approve and a comment");
    required(grant === null || (decision === "approve" && change === null), run, "gets a grant with approve, and without a change");
    this.#console.decide(run, decision, { by, comment: comment ?? null, change, grant, at: this.#console.now });
    return run;
  }

  /** Revokes an approval, by the person who gave it, or the last of several. Throws if the run is claimed. */
  revoke(runId: string, comment?: string): FakeRun {
    const run = this.#find(runId);
    required(run.governanceStatus === "approved", run, "isn't approved");
    required(run.claim === null && !isReported(run), run, "was claimed or reported");
    end(run, { status: "rejected", reason: "approval_revoked", at: this.#console.now, by: run.decidedBy, comment: comment ?? null });
    for (const grant of this.#console.grants) grant.isRevoked ||= grant.runId === run.id;
    return run;
  }

  /** Settles a run in doubt: it ran, it failed, or it is released for another try. */
  settle(
    runId: string,
    outcome: "executed" | "failed" | "released",
    { by = APPROVER }: { readonly by?: string | undefined } = {},
  ): FakeRun {
    const run = this.#find(runId);
    required(["in_doubt", "lapsed"].includes(this.#console.claimStateOf(run)), run, "isn't in doubt");
    const claim = { claim_token: run.claim?.token ?? "" };
    if (outcome === "released") this.#console.release(run, claim.claim_token);
    else {
      const settled =
        outcome === "executed" ? { execution_result: { settled_by: by } } : { execution_error: `Settled by ${by}: the run was in doubt.` };
      this.#console.report(run, outcome, { ...claim, ...settled });
    }
    return run;
  }

  /** The run that was proposed, with exactly this payload if one is given. Throws, with everything that was proposed, if it wasn't so many times. */
  expectProposed(action: string, expected: ExpectedProposal = {}): FakeRun {
    return proposedIn(this.runs, action, expected);
  }

  expectNothingProposed(): void {
    if (this.#console.runs.size > 0) throw new Error(proposalsText(this.runs));
  }

  #find(runId: string): KeptRun {
    try {
      return this.#console.find(runId);
    } catch (error) {
      throw error instanceof Refusal ? new Error(`there is no run ${runId}`) : error;
    }
  }
}

function required(holds: boolean, run: FakeRun, problem: string): void {
  if (!holds) throw new Error(`the run ${run.id} ${problem}: it is ${run.governanceStatus}, ${run.executionStatus}`);
}
