// How a console in memory hands out runs, and takes reports: one claim for each run.

import { jcsText } from "@/lib/domain/json/canonical-text";
import { covers, type KeptFreeze } from "./fake-freezes";
import { appliedChange, end, isReported, type KeptRun, wireDecision } from "./fake-run";
import { FakeRuns, Refusal } from "./fake-runs";
import type { Claim, WireObject } from "./models";

export interface ClaimCall {
  readonly worker: string;
  readonly lease_seconds: number;
  readonly token?: string;
}

export interface ReportCall {
  readonly execution_result?: WireObject;
  readonly execution_error?: string;
  readonly claim_token?: string;
}

const IN_DOUBT =
  "An earlier claim expired without a report, so the run is in doubt: it may or may not have run. A person has to settle it.";

export class FakeExecutions extends FakeRuns {
  /** Waiting turns the clock to the decision, or else to the end of the wait. */
  status(run: KeptRun, waitSeconds: number): WireObject {
    const end = this.clock.in(waitSeconds);
    // An answer needn't decide: other approvals may be missing.
    while (run.governanceStatus === "pending_approval" && this.now < end) {
      const expiresAt = this.isFrozen(run) ? null : run.expiresAt;
      const times = [end, this.nextAnswer(run)?.at ?? null, expiresAt].filter((time) => time !== null);
      const milliseconds = Math.min(...times.map((time) => Date.parse(time))) - this.clock.now.getTime();
      this.clock.advance({ seconds: Math.max(0, milliseconds) / 1000 });
      this.find(run.id);
    }
    const claim = run.executionStatus === "awaiting_execution_report" ? run.claim : null;
    const state = this.claimStateOf(run);
    return {
      ...this.describe(run),
      created_at: run.createdAt,
      decided_at: run.decidedAt,
      decided_by: run.decidedBy,
      comment: run.comment,
      expires_at: run.expiresAt,
      approval_valid_until: run.approvalValidUntil,
      claimed: claim !== null && state !== "lapsed",
      claim_expires_at: claim?.expiresAt ?? null,
      in_doubt: state === "in_doubt",
      execution_error: run.executionError,
      execution_reported_at: run.reportedAt,
      mail: run.expiresAt === null ? null : { queued: 1, not_sent_reason: null },
    };
  }

  /** `expected` is the hash of the payload that the worker will act on. */
  claim(run: KeptRun, call: ClaimCall, expected: string | null): WireObject {
    const change = appliedChange(run);
    const hash = change ? run.changedHash : run.payloadHash;
    const isSame = expected === null || expected === hash;
    const isOwn = !!call.token && run.claim?.token === call.token && run.worker === call.worker;
    const isOpen = run.executionStatus === "awaiting_execution_report";
    if (!isSame || !((isOwn && isOpen) || this.isExecutable(run))) throw this.#claimRefusal(run, isSame);
    return {
      action_run_id: run.id,
      action: run.action,
      payload: change?.payload ?? run.payload,
      payload_hash: hash,
      payload_changed: change !== null,
      changes: change?.changes ?? null,
      reason: change && run.comment,
      policy_version: 1,
      claim: this.grant(run, call),
    };
  }

  grant(run: KeptRun, { worker, token, lease_seconds }: ClaimCall): WireObject {
    run.worker = worker;
    run.claim = { token: token ?? `claim of ${run.id}`, expiresAt: this.clock.in(lease_seconds) };
    return wireClaim(run.claim);
  }

  #claimRefusal(run: KeptRun, isSame: boolean): Refusal {
    if (run.executionStatus === "not_executed") {
      const decision = wireDecision(run);
      const detail = `The run is ${run.governanceStatus}, so nothing may run.`;
      return new Refusal(409, "not_executable", detail, decision === null ? {} : { decision });
    }
    if (isReported(run)) return reported(run);
    if (!isSame) {
      const detail = "The payload differs from the one that was decided on. Propose the new one as a new run.";
      return new Refusal(409, "payload_changed", detail);
    }
    if (!this.actions.get(run.action)?.active) return new Refusal(409, "action_inactive", `The action ${run.action} is inactive.`);
    const freeze =
      this.claimStateOf(run) === "frozen" ? this.freezes.find((one) => one.thawedAt === null && covers(one, run.action)) : undefined;
    if (freeze) return frozen(freeze);
    return new Refusal(409, "already_claimed", this.claimStateOf(run) === "in_doubt" ? IN_DOUBT : "Another worker has claimed the run.");
  }

  renew(run: KeptRun, token: string, leaseSeconds: number): WireObject {
    run.claim = { token: holderOf(run, token).token, expiresAt: this.clock.in(leaseSeconds) };
    return { action_run_id: run.id, claim: wireClaim(run.claim) };
  }

  release(run: KeptRun, token: string): WireObject {
    holderOf(run, token);
    Object.assign(run, { worker: null, claim: null });
    return { action_run_id: run.id, claim: null };
  }

  report(run: KeptRun, outcome: "executed" | "failed", call: ReportCall): WireObject {
    const { execution_result: result = null, execution_error: error = null, claim_token: token } = call;
    const isReplay = isReported(run);
    const known = [run.executionStatus, run.executionResult, run.executionError];
    if (isReplay && jcsText(known as never) !== jcsText([outcome, result, error] as never)) {
      throw new Refusal(409, "report_conflict", `The run was already reported as ${run.executionStatus}, and not like this.`);
    }
    if (run.executionStatus === "not_executed") {
      throw new Refusal(409, "not_reportable", `The run is ${run.governanceStatus}, so there is no execution to report.`);
    }
    if (!isReplay && run.claim === null && appliedChange(run)) {
      throw new Refusal(409, "not_claimed", "The run was approved with a change. Only the payload of its claim may be executed.");
    }
    if (!isReplay && run.claim?.token !== token) {
      if (run.claim) throw new Refusal(409, "claim_token_mismatch", "The run is claimed. Report with the claim's token.");
      throw new Refusal(409, "not_claimed", "The claim of this token was released. Claim the run again before executing.");
    }
    if (!isReplay) {
      Object.assign(run, { executionStatus: outcome, executionResult: result, executionError: error, reportedAt: this.now });
    }
    return {
      action_run_id: run.id,
      execution_status: run.executionStatus,
      execution_error: run.executionError,
      execution_reported_at: run.reportedAt,
      idempotent_replay: isReplay,
    };
  }

  withdraw(run: KeptRun, reason: string): WireObject {
    const isReplay = run.governanceReason === "withdrawn";
    if (!isReplay) {
      requireWithdrawable(run);
      end(run, { status: "rejected", reason: "withdrawn", at: this.now, comment: reason });
    }
    return {
      action_run_id: run.id,
      governance_status: run.governanceStatus,
      execution_status: run.executionStatus,
      governance_reason: run.governanceReason,
      withdrawn_at: run.decidedAt,
      reason: run.comment,
      idempotent_replay: isReplay,
    };
  }
}

function frozen({ action, reason, by, at }: KeptFreeze): Refusal {
  const what = action === null ? "The workspace" : `The action ${action}`;
  const detail = `${what} is frozen. No run can be claimed until it's thawed. Deadlines stand still, so nothing is lost. Claim the run again later. Reason given: ${reason}`;
  const scope = action === null ? "workspace" : "action";
  return new Refusal(409, "frozen", detail, { frozen: { scope, reason, frozen_by: by, frozen_at: at } });
}

function wireClaim({ token, expiresAt }: Claim): WireObject {
  return { token, expires_at: expiresAt };
}

function reported(run: KeptRun): Refusal {
  return new Refusal(409, "already_reported", `The run has been reported as ${run.executionStatus}.`);
}

function holderOf(run: KeptRun, token: string): Claim {
  if (isReported(run)) throw reported(run);
  if (run.claim === null) throw new Refusal(409, "not_claimed", "Nobody has claimed the run.");
  if (run.claim.token !== token) throw new Refusal(409, "claim_token_mismatch", "Another worker holds the claim. Do not execute.");
  return run.claim;
}

function requireWithdrawable(run: KeptRun): void {
  if (isReported(run)) throw reported(run);
  if (run.executionStatus === "not_executed" && run.governanceStatus !== "pending_approval") {
    const why = `It is ${run.governanceStatus} (${run.governanceReason}).`;
    throw new Refusal(409, "already_decided", `The run can't be withdrawn. ${why} Nothing will run.`);
  }
  if (run.claim !== null) {
    throw new Refusal(409, "already_claimed", "A worker has claimed the run and may be executing it, so it can't be withdrawn.");
  }
}
