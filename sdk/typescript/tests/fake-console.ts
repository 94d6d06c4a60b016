import { payloadHash } from "../src/payload-hash";

export interface FakeRun {
  readonly id: string;
  readonly action: string;
  readonly payload: Record<string, unknown>;
  readonly key: string;
  /** What a person changed in it, and why. */
  change: { readonly members: Record<string, unknown>; readonly reason: string } | null;
  governance: "allowed" | "pending_approval" | "approved" | "rejected";
  execution: "not_executed" | "awaiting_execution_report" | "executed" | "failed";
  claim: { readonly token: string; readonly expires_at: string } | null;
  /** What was reported. */
  report: Record<string, unknown> | null;
}

export interface FakeConsole {
  readonly fetch: typeof fetch;
  readonly runs: FakeRun[];
  /** The part after /v1/sdk/, or after the run's id, of each request, with its body. */
  readonly requests: { readonly path: string; readonly body: Record<string, unknown> }[];
}

interface FakeRules {
  /** What is proposed above it requires approval. */
  readonly threshold?: number;
  /** What people do with a pending run while an app waits for it. */
  readonly decide?: (run: FakeRun) => void;
  /** Called before a request is answered: it may throw, as a broken connection does, or answer in the console's place. */
  readonly before?: (path: string, signal: AbortSignal) => Response | Promise<Response | undefined> | undefined;
}

/** A console in memory, behind a `fetch`: as much of one as the tests of what the client does of itself need. */
export function fakeConsole({ threshold = Number.POSITIVE_INFINITY, decide, before }: FakeRules = {}): FakeConsole {
  const runs: FakeRun[] = [];
  const requests: FakeConsole["requests"] = [];

  async function propose({ action, payload, idempotency_key: key, claim }: Record<string, unknown>) {
    const known = runs.find((run) => run.action === action && run.key === key);
    const isPending = Number((payload as { amount?: number }).amount ?? 0) > threshold;
    const run: FakeRun = known ?? {
      id: `01890000-0000-7000-8000-${String(runs.length + 1).padStart(12, "0")}`,
      action: String(action),
      payload: payload as Record<string, unknown>,
      key: String(key),
      change: null,
      governance: isPending ? "pending_approval" : "allowed",
      execution: isPending ? "not_executed" : "awaiting_execution_report",
      claim: null,
      report: null,
    };
    if (!known) runs.push(run);
    const state = stateOf(run);
    // What was changed is claimed by itself, because only that response has the payload.
    if (claim && state.executable && !run.change) run.claim = claimOf(claim as { token: string });
    return {
      ...state,
      idempotent_replay: !!known,
      claim: claim ? run.claim : null,
      payload_hash: await payloadHash(run.payload as never),
      idempotency_key: key,
      links: { run: "http://console.test/runs/1" },
    };
  }

  async function answer(path: string, verb: string, run: FakeRun | undefined, body: Record<string, unknown>): Promise<[number, object]> {
    if (path === "intercept") return [200, await propose(body)];
    if (!run) return [404, { code: "run_not_found" }];
    if (verb === "status") {
      if (run.governance === "pending_approval") decide?.(run);
      return [200, stateOf(run)];
    }
    if (verb === "claim") {
      if (!isExecutable(run)) return [409, { code: run.claim ? "already_claimed" : "not_executable" }];
      const payload = { ...run.payload, ...run.change?.members };
      if (body["payload"] && (await payloadHash(body["payload"] as never)) !== (await payloadHash(payload as never)))
        return [409, { code: "payload_mismatch" }];
      run.claim = claimOf(body as { token: string });
      const changed = run.change && { changes: changesOf(run.change), reason: run.change.reason };
      return [200, { ...stateOf(run), ...changed, claim: run.claim, payload }];
    }
    if (verb === "withdraw") {
      run.governance = "rejected";
      return [200, { ...stateOf(run), governance_reason: "withdrawn", withdrawn_at: "2026-01-01T00:00:00.000Z", reason: body["reason"] }];
    }
    if (body["claim_token"] !== run.claim?.token) return [409, { code: "claim_token_mismatch" }];
    if (verb === "claim/release") run.claim = null;
    if (verb.startsWith("report-")) {
      run.execution = verb === "report-executed" ? "executed" : "failed";
      run.report = body;
    }
    return [200, { ...stateOf(run), claim: run.claim }];
  }

  return {
    runs,
    requests,
    fetch: async (input, init = {}) => {
      const path = String(input).replace(/^.*\/v1\/sdk\//, "");
      const [, id, verb = ""] = /^action-runs\/([^/]+)\/([^?]*)/.exec(path) ?? [];
      const body = JSON.parse((init.body as string | undefined) ?? "{}") as Record<string, unknown>;
      requests.push({ path: verb || path, body });
      const instead = await before?.(verb || path, init.signal ?? new AbortController().signal);
      if (instead) return instead;
      const run = runs.find((one) => one.id === id);
      const [status, content] = await answer(path, verb, run, body);
      const headers = {
        "Content-Type": status === 200 ? "application/json" : "application/problem+json",
        "DAAI-Call": new Headers(init.headers).get("DAAI-Call") ?? "",
      };
      return new Response(JSON.stringify(content), { status, headers });
    },
  };
}

export function approve(run: FakeRun): void {
  run.governance = "approved";
  run.execution = "awaiting_execution_report";
}

export function approveWithChange(run: FakeRun, members: Record<string, unknown>, reason: string): void {
  run.change = { members, reason };
  approve(run);
}

function changesOf({ members }: NonNullable<FakeRun["change"]>) {
  return Object.entries(members).map(([name, value]) => ({ op: "replace", path: `/${name}`, value }));
}

function isExecutable(run: FakeRun): boolean {
  return run.execution === "awaiting_execution_report" && run.claim === null;
}

function claimOf({ token }: { token: string }) {
  return { token, expires_at: "2026-01-01T00:01:00.000Z" };
}

function stateOf(run: FakeRun) {
  return {
    action_run_id: run.id,
    action: run.action,
    governance_status: run.governance,
    execution_status: run.execution,
    governance_reason: "policy",
    executable: isExecutable(run),
    claimed: run.claim !== null,
    ...(run.change && { payload_changed: true, decision: decisionOf(run.change) }),
  };
}

function decisionOf(change: NonNullable<FakeRun["change"]>) {
  const { reason: comment } = change;
  return { outcome: "approved", reason: "approved_by_human", by: "ann@example.com", comment, changes: changesOf(change) };
}
