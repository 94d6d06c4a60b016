import type { Provenance } from "@/lib/contract/provenance";
import type { JsonObject } from "@/lib/domain/json-value";
import { evaluatePolicy } from "@/lib/domain/policy/policies";
import type { PolicyResult } from "@/lib/domain/policy/policy";
import { type MadeApproval, makeApproval } from "./make-approval";
import { ACTORS, FAILURES, REASONINGS } from "./people";
import type { SeedAction, SeedWorld } from "./seed-world";
import type { SeededRandom } from "./seeded-random";

const LEASE_MS = 60_000;

/** What happened to one run, before it has ids. */
export interface MadeRun {
  readonly action: SeedAction;
  readonly createdAt: Date;
  readonly hasIdempotencyKey: boolean;
  readonly payload: JsonObject;
  readonly provenance: Provenance;
  /** The policy's decision. */
  readonly result: PolicyResult;
  /** null: nobody was asked. */
  readonly approval: MadeApproval | null;
  /** null: it may not run, or not yet. */
  readonly execution: MadeExecution | null;
}

export type MakeRun = (createdAt: Date) => MadeRun;

/** Makes runs one after the other; the random choices alone determine them. */
export function runMaker({ actions, until }: SeedWorld, random: SeededRandom): MakeRun {
  const weighted = actions.map((action) => [action.weight, action] as const);
  return (createdAt) => {
    const action = random.weighted(weighted);
    const payload = action.payload(random);
    const result = decide(action, payload);
    const approval = result.outcome === "pending_approval" ? makeApproval(action, createdAt, until, random) : null;
    const mayRunAt = result.outcome === "allowed" ? createdAt : approval?.answer?.decision === "approve" ? approval.answer.at : null;
    return {
      action,
      createdAt,
      hasIdempotencyKey: random.chance(0.9),
      payload,
      provenance: makeProvenance(random),
      result,
      approval,
      execution: mayRunAt && makeExecution(mayRunAt, until, random),
    };
  };
}

function decide({ id, isActive, policy }: SeedAction, payload: JsonObject): PolicyResult {
  if (id === null || policy === null) return { outcome: "blocked", reason: "unknown_action" };
  if (!isActive) return { outcome: "blocked", reason: "inactive_action" };
  return evaluatePolicy(policy.rule, payload);
}

function makeProvenance(random: SeededRandom): Provenance {
  return {
    actor: random.chance(0.95) ? random.pick(ACTORS) : null,
    reasoning: random.chance(0.6) ? random.pick(REASONINGS) : null,
    source: random.chance(0.5) ? { type: random.pick(["ticket", "schedule", "chat"]), ref: `T-${random.integer(1000, 9999)}` } : null,
  };
}

/** What the app did with a run that it may execute. */
interface MadeExecution {
  /** null: it works without claims, or nobody has claimed the run yet. */
  readonly claim: { readonly worker: string; readonly claimedAt: Date; readonly expiresAt: Date } | null;
  /** null: not reported by the history's end. */
  readonly report: MadeReport | null;
}

interface MadeReport {
  readonly outcome: "executed" | "failed";
  readonly result: JsonObject | null;
  readonly error: string | null;
  readonly at: Date;
}

function makeExecution(mayRunAt: Date, until: Date, random: SeededRandom): MadeExecution {
  const claimedAt = new Date(mayRunAt.getTime() + random.integer(20, 5000));
  const at = new Date(claimedAt.getTime() + random.integer(30, 20_000));
  const isClaimed = random.chance(0.6) && claimedAt <= until;
  // Some runs are never reported: lost by the app, or in doubt when they were claimed.
  const isReported = random.chance(0.997) && at <= until;
  return {
    claim: isClaimed ? { worker: `worker-${random.integer(1, 4)}`, claimedAt, expiresAt: new Date(claimedAt.getTime() + LEASE_MS) } : null,
    report: isReported ? makeReport(at, random) : null,
  };
}

function makeReport(at: Date, random: SeededRandom): MadeReport {
  if (random.chance(0.05)) return { outcome: "failed", result: null, error: random.pick(FAILURES), at };
  const result = random.chance(0.8) ? { reference: `R-${random.integer(100_000, 999_999)}`, took_ms: random.integer(20, 20_000) } : null;
  return { outcome: "executed", result, error: null, at };
}
