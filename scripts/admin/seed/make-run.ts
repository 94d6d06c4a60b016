import type { Provenance } from "@/lib/contract/provenance";
import type { JsonObject } from "@/lib/domain/json-value";
import { evaluatePolicy } from "@/lib/domain/policy/policies";
import type { PolicyResult } from "@/lib/domain/policy/policy";
import { makeApproval, type MadeApproval } from "./make-approval";
import { makeExecution, type MadeExecution } from "./make-execution";
import { ACTORS, REASONINGS } from "./people";
import type { SeedAction, SeedWorld } from "./seed-world";
import type { SeededRandom } from "./seeded-random";

/** What happened to one run, before it has ids. */
export interface MadeRun {
  readonly action: SeedAction;
  readonly createdAt: Date;
  readonly hasIdempotencyKey: boolean;
  readonly payload: JsonObject;
  readonly provenance: Provenance;
  /** What the policy said at once. */
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
