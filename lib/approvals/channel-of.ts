import type { DecisionChannel } from "@/lib/domain/log/receipt-body";
import type { Actor, WorkspaceContext } from "@/lib/security/context";

const CHANNELS: Partial<Record<Actor["type"], Exclude<DecisionChannel, "policy">>> = {
  decision_link: "decision_link",
  user: "console",
  operator: "admin_cli",
  system: "expiry",
  api_key: "api",
};

/** Where a decision or revocation was made, as receipts name it. */
export function channelOf({ actor }: WorkspaceContext): Exclude<DecisionChannel, "policy"> {
  const channel = CHANNELS[actor.type];
  if (!channel) throw new Error(`${actor.type} does not decide runs.`);
  return channel;
}
