import type { FreezeFacts, GrantFacts, ProposalFacts } from "@/lib/contract/webhook";
import type { FreezeEvent, GrantEvent, PolicyEvent, RunEvent } from "@/lib/domain/runs/webhook-events";
import { frozenThingWithin } from "@/lib/words/freeze-words";

const HEADINGS: Record<RunEvent, string> = {
  "run.pending": "Approval needed",
  "run.decided": "Decided",
  "run.expired": "Rejected, nobody decided in time",
  "run.revoked": "Withdrawn or revoked before it ran",
  "run.uncollected": "Approved and never collected",
  "run.executed": "Executed",
  "run.failed": "Failed",
  "run.in_doubt": "In doubt, claim expired without a report",
};

/** What happened, and to what. An action's name is the console's own words: letters, digits and underscores only. Its title is not. */
export function notificationHeading(type: RunEvent, action: string): string {
  return `${HEADINGS[type]}: ${action}`;
}

/** In the console's words only: of an action its name, of a key nothing that a person has written. */
export function freezeHeading(type: FreezeEvent, { scope, action }: FreezeFacts): string {
  const thing = scope === "api_key" ? "an API key" : scope === "workspace" ? "the workspace" : frozenThingWithin({ scope, name: action });
  return `${type === "workspace.frozen" ? "Frozen" : "Thawed"}: ${thing}`;
}

const POLICY_HEADINGS: Record<PolicyEvent, string> = {
  "policy.proposed": "Policy change proposed",
  "policy.confirmed": "Policy change confirmed",
  "policy.declined": "Policy change declined",
  "policy.ended": "Policy change no longer pending",
};

/** In the console's words only: of an action its name, of a group nothing that a person has written. */
export function policyHeading(type: PolicyEvent, { kind, action }: ProposalFacts): string {
  const thing = action ?? (kind === "group" ? "a group" : "the second person for policy changes");
  return `${POLICY_HEADINGS[type]}: ${thing}`;
}

const GRANT_HEADINGS: Record<GrantEvent, string> = {
  "grant.created": "Standing grant given",
  "grant.revoked": "Standing grant revoked",
  "grant.ended": "Standing grant ended",
};

export function grantHeading(type: GrantEvent, { action }: GrantFacts): string {
  return `${GRANT_HEADINGS[type]}: ${action}`;
}
