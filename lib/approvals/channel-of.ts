import type { DecisionChannel } from "@/lib/domain/log/receipt-body";
import type { Actor, WorkspaceContext } from "@/lib/security/context";

const CHANNELS = {
  decision_link: "decision_link",
  user: "console",
  operator: "admin_cli",
  system: "expiry",
  api_key: "api",
} as const satisfies Partial<Record<Actor["type"], Exclude<DecisionChannel, "policy">>>;

type ChannelOf<Type> = Type extends keyof typeof CHANNELS ? (typeof CHANNELS)[Type] : never;

/** Where a decision or revocation was made, as receipts name it. */
export function channelOf<A extends Actor>({ actor }: WorkspaceContext<A>): ChannelOf<A["type"]> {
  const channel = (CHANNELS as Partial<Record<Actor["type"], string>>)[actor.type];
  if (channel === undefined) throw new Error(`${actor.type} does not decide runs.`);
  return channel as ChannelOf<A["type"]>;
}
