// How a console in memory takes proposals: one run for each key, and asking again after a no.

import { later } from "./fake-clock";
import type { ClaimCall } from "./fake-executions";
import { provenanceOf } from "./fake-facts";
import { appliedChange, end, endedAt, type KeptRun, PERSONAL_REFUSALS } from "./fake-run";
import { ORIGIN, Refusal } from "./fake-runs";
import { FakeVerdicts } from "./fake-verdicts";
import type { WireObject } from "./models";

export interface ProposalCall {
  readonly action: string;
  readonly payload: WireObject;
  readonly idempotency_key: string;
  readonly reasoning?: string;
  readonly source?: WireObject;
  readonly actor?: string;
  readonly ask_again?: boolean;
  readonly accepts_changes?: boolean;
  readonly claim?: ClaimCall;
}

export class FakeProposals extends FakeVerdicts {
  intercept(call: ProposalCall, payloadHash: string): WireObject {
    const action = this.actions.get(call.action);
    const { actor, source } = provenanceOf(call);
    const verdict = this.judge({ action: call.action, payload: call.payload, actor, source });
    const prior = this.#lastOf(call);
    if (prior !== null) {
      const isSame = prior.payloadHash === payloadHash;
      // A policy that would block the same again gives the run that it blocked.
      const isBlockedAgain = verdict.status === "blocked" && isSame && prior.governanceReason === verdict.reason;
      // What only a freeze blocked needs no asking again once that is over.
      const mayAskAgain = call.ask_again === true || (prior.governanceReason === "frozen" && verdict.reason !== "frozen");
      if (!mayAskAgain || endedAt(prior) === null || isBlockedAgain) {
        if (isSame) return this.#replay(prior, call);
        const detail = "This idempotency key was used for this action with a different payload.";
        throw new Refusal(409, "idempotency_conflict", detail, { action_run_id: prior.id, ask_again_at: this.askAgainAt(prior) });
      }
    }
    this.#refuseTooSoon(call, payloadHash, prior);
    const isPending = verdict.status === "pending_approval";
    const run: KeptRun = {
      id: `01890000-0000-7000-8000-${String(this.runs.size + 1).padStart(12, "0")}`,
      action: call.action,
      payload: call.payload,
      payloadHash,
      idempotencyKey: call.idempotency_key,
      reasoning: call.reasoning ?? null,
      source,
      actor,
      governanceStatus: verdict.status,
      governanceReason: verdict.reason,
      policyRule: verdict.rule,
      executionStatus: "not_executed",
      createdAt: this.now,
      expiresAt: isPending && action ? this.clock.in(action.windowSeconds) : null,
      decidedAt: null,
      decidedBy: null,
      comment: null,
      approvalValidUntil: null,
      previousRunId: prior?.id ?? null,
      acceptsChanges: call.accepts_changes === true,
      stages: isPending && action ? action.stages : [],
      approvalsGiven: [],
      change: null,
      changedHash: null,
      budgetEntries: verdict.entries,
      exceeded: verdict.exceeded,
      grantUse: verdict.grantUse,
      worker: null,
      claim: null,
      executionResult: null,
      executionError: null,
      reportedAt: null,
    };
    if (!isPending) end(run, { ...verdict, at: this.now });
    this.runs.set(run.id, run);
    // Their time runs from here.
    this.nextAnswer(run);
    const claim = call.claim && this.isExecutable(run) ? this.grant(run, call.claim) : null;
    return { ...this.#proposed(run, claim), idempotent_replay: false };
  }

  #replay(run: KeptRun, { claim: call, accepts_changes: acceptsChanges }: ProposalCall): WireObject {
    if (run.governanceStatus === "pending_approval" && !acceptsChanges) this.stopTakingChanges(run);
    const isChanged = appliedChange(run) !== null;
    let claim: unknown = null;
    try {
      // What was changed is claimed by itself, because only that response has the payload.
      if (call && run.executionStatus === "awaiting_execution_report" && !isChanged) claim = this.claim(run, call, null)["claim"];
    } catch (refusal) {
      // The replay says why.
      if (!(refusal instanceof Refusal)) throw refusal;
    }
    const proposed = this.#proposed(run, claim as WireObject | null);
    const executable = proposed["executable"] === true && (!isChanged || acceptsChanges === true);
    return { ...proposed, executable, idempotent_replay: true };
  }

  #proposed(run: KeptRun, claim: WireObject | null): WireObject {
    return {
      ...this.describe(run),
      idempotency_key: run.idempotencyKey,
      payload_hash: run.payloadHash,
      executable: claim !== null || this.isExecutable(run),
      claim,
      links: { run: `${ORIGIN}/runs/${run.id}`, receipt: null },
    };
  }

  #lastOf({ action, idempotency_key: key }: ProposalCall): KeptRun | null {
    const last = [...this.runs.values()].filter((run) => run.action === action && run.idempotencyKey === key).at(-1);
    return last ? this.find(last.id) : null;
  }

  #refuseTooSoon({ action }: ProposalCall, payloadHash: string, prior: KeptRun | null): void {
    const pause = this.actions.get(action)?.coolDownSeconds ?? 0;
    for (const { id } of [...this.runs.values()].reverse()) {
      const run = this.find(id);
      const isSame = run === prior || (run.action === action && run.payloadHash === payloadHash);
      const until = run.decidedAt && later(run.decidedAt, pause);
      if (!isSame || !until || until <= this.now || !PERSONAL_REFUSALS.includes(run.governanceReason)) continue;
      const { governanceStatus: status, governanceReason: reason, decidedBy, comment } = run;
      const said = comment === null ? "." : `: "${comment}"`;
      throw new Refusal(
        409,
        "ask_again_too_soon",
        `${decidedBy} ${status} this request${said} Nothing was executed. The action can be asked again at ${until}.`,
        { action_run_id: id, governance_reason: reason, decided_by: decidedBy, comment, ask_again_at: until },
      );
    }
  }
}
