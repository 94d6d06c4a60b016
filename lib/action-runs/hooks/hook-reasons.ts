import type { StatusResponse } from "@/lib/contract/status";
import type { Refusal } from "@/lib/domain/refusals/refusal";

// What the agent's model is told. It acts on it, so each says what to do next.

export function pendingReason({ expires_at: expiresAt }: StatusResponse, link: string): string {
  const until = expiresAt === null ? "" : ` until ${expiresAt}`;
  return `Pending approval${until}: ${link}. Don't try another way. Tell the person, then ask again with exactly the same call: once it's approved, it's let through once.`;
}

/** Why nothing may run, with the approver's own words. */
export function noReason(run: StatusResponse, link: string): string {
  const { governance_status: status, governance_reason: reason, decided_by: by, comment } = run;
  if (reason === "unknown_action") {
    return `Blocked: the action ${run.action} isn't registered. Someone who manages actions can register it: ${link}.`;
  }
  const who = by === null ? byRule(run) : ` by ${by}`;
  const why = comment ? ` Their reason: ${JSON.stringify(comment)}.` : "";
  return `${status === "blocked" ? "Blocked" : "Rejected"}${who} (${reason}).${why} Don't try another way to do the same. See ${link}.`;
}

function byRule({ policy_rule: rule }: StatusResponse): string {
  return rule === null ? " by the policy" : ` by the rule ${JSON.stringify(rule)}`;
}

export function refusedReason({ code, detail }: Refusal): string {
  return `DAAI Console refused the call (${code}): ${detail} Nothing may run.`;
}
