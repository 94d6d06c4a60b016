import { claimRun } from "@/lib/action-runs/execute/claim-run";
import { interceptAction } from "@/lib/action-runs/propose/intercept-action";
import { waitForRunStatus } from "@/lib/action-runs/status/wait-for-run-status";
import { isKeyRefusalCode } from "@/lib/api-keys/key-refusals";
import { withSdkContext } from "@/lib/api-keys/sdk-context";
import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import { HOOK_WAIT_DEFAULT_SECONDS, type HookOptions, type HookRequest, type HookResponse } from "@/lib/contract/hook";
import type { InterceptRequest, InterceptResponse } from "@/lib/contract/intercept";
import type { CodingAgent } from "@/lib/domain/hooks/coding-agents";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { RateLimitState } from "@/lib/limits/rate-limits";
import type { VisitorContext } from "@/lib/security/context";
import { claimTokenOf, idempotencyKeyOf, workerOf } from "./call-identity";
import { findCallRun } from "./find-call-run";
import { noReason, pendingReason, refusedReason } from "./hook-reasons";
import { type HookCall, readCall } from "./read-call";
import { reportCall } from "./report-call";

/** Longer than most commands take. A report that comes later still counts. */
const LEASE_SECONDS = 900;

const GONE = "The hook's time was over. Ask again with the same call.";

export interface Hook {
  readonly agent: CodingAgent;
  readonly request: HookRequest;
  readonly options: HookOptions;
  /** Aborts when the agent no longer waits. */
  readonly signal: AbortSignal;
}

type Outcome = { ok: true; answer: HookResponse; rateLimits?: RateLimitState[] } | Refusal;
type Decision = "allow" | "deny" | "ask" | "defer";

/**
 * Answers a coding agent's hook. Before a tool runs, the call is proposed, decided and claimed like any other action; afterwards it is
 * reported. Everything but wrong keys is answered as a decision, because agents take other responses for a hook that failed.
 */
export async function answerHook(ctx: VisitorContext, credentials: SdkCredentials, hook: Hook): Promise<Outcome> {
  switch (hook.request.hook_event_name) {
    case "PreToolUse":
      return decideCall(ctx, credentials, hook);
    case "PostToolUse":
    case "PostToolUseFailure":
      return withSdkContext(ctx, credentials, (sdk) => reportCall(sdk, hook));
    default:
      return withSdkContext(ctx, credentials, async () => ({ ok: true as const, answer: {} }));
  }
}

async function decideCall(ctx: VisitorContext, credentials: SdkCredentials, hook: Hook): Promise<Outcome> {
  const call = readCall(hook.agent, hook.request);
  const found = await withSdkContext(ctx, credentials, async (sdk) => {
    if (typeof call === "string") return { ok: true as const, token: "", run: null };
    const token = claimTokenOf(sdk.workspaceId, call);
    return { ok: true as const, token, run: await findCallRun(sdk, call, token) };
  });
  if (!found.ok) return found;
  if (typeof call === "string") return answerWith("deny", call);
  // A claim that nobody learns of would leave the run in doubt.
  if (hook.signal.aborted) return answerWith("deny", GONE);
  const claim = { worker: workerOf(call), lease_seconds: LEASE_SECONDS, token: found.token };
  const { run } = found;
  const isNew = run === null || run.standing === "other";
  const request: InterceptRequest = {
    action: call.action,
    payload: call.payload,
    idempotency_key: (isNew ? null : run.idempotency_key) ?? idempotencyKeyOf(call),
    ask_again: run?.standing === "over",
    actor: call.agent,
    reasoning: call.reasoning,
    source: { type: call.agent, ref: call.sessionId },
    claim,
  };
  const proposed = await interceptAction(ctx, credentials, { request, payload: call.payload, payloadText: JSON.stringify(call.payload) });
  if (!proposed.ok) return isKeyRefusalCode(proposed.code) ? proposed : answerWith("deny", refusedReason(proposed));
  const { answer, rateLimits } = proposed;
  const decided = answer.claim ? allow(hook, answer) : await waitAndClaim(ctx, credentials, hook, { call, proposed: answer, claim });
  return decided.ok ? { ...decided, rateLimits } : decided;
}

interface Proposed {
  readonly call: HookCall;
  readonly proposed: InterceptResponse;
  readonly claim: { readonly worker: string; readonly lease_seconds: number; readonly token: string };
}

async function waitAndClaim(
  ctx: VisitorContext,
  credentials: SdkCredentials,
  hook: Hook,
  { call, proposed, claim }: Proposed,
): Promise<Outcome> {
  const runId = proposed.action_run_id;
  const waitSeconds = proposed.governance_status === "pending_approval" ? (hook.options.wait ?? HOOK_WAIT_DEFAULT_SECONDS) : 0;
  const status = await waitForRunStatus(ctx, credentials, { runId, waitSeconds, signal: hook.signal });
  if (!status.ok) return isKeyRefusalCode(status.code) ? status : answerWith("deny", refusedReason(status));
  const { answer } = status;
  if (answer.governance_status === "pending_approval") return answerWith(pendingDecision(hook), pendingReason(answer, proposed.links.run));
  if (hook.signal.aborted) return answerWith("deny", GONE);
  if (answer.execution_status === "not_executed") return answerWith("deny", noReason(answer, proposed.links.run));
  const { worker, lease_seconds: leaseSeconds, token } = claim;
  const claimed = await withSdkContext(ctx, credentials, (sdk) =>
    claimRun(sdk, { runId, worker, leaseSeconds, token, payload: call.payload }),
  );
  if (claimed.ok) return allow(hook, answer);
  return isKeyRefusalCode(claimed.code) ? claimed : answerWith("deny", refusedReason(claimed));
}

function allow(hook: Hook, { governance_status: status, decision }: Pick<InterceptResponse, "governance_status" | "decision">): Outcome {
  // Codex takes a decision other than deny for a mistake of the hook.
  if (hook.agent === "codex") return { ok: true, answer: {} };
  if (status === "approved") return answerWith("allow", `DAAI Console: approved by ${decision?.by ?? "a person"}.`);
  return answerWith(hook.options.allowed ?? "allow", "DAAI Console: allowed by the policy.");
}

/** Claude Code lets a call through to its own permissions when it ignores a deferral, so those must deny what nobody allowed. */
function pendingDecision({ agent, options, request }: Hook): Decision {
  return agent === "claude_code" && options.pending === "defer" && request.permission_mode === "dontAsk" ? "defer" : "deny";
}

function answerWith(permissionDecision: Decision, permissionDecisionReason: string): Outcome {
  return { ok: true, answer: { hookSpecificOutput: { hookEventName: "PreToolUse", permissionDecision, permissionDecisionReason } } };
}
