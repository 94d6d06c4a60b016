import { CircleCheck, Clock, ListChecks, OctagonX, TimerOff } from "lucide-react";
import { Badge, type BadgeLook } from "@/components/ui/badge";
import type { GrantState } from "@/lib/domain/grants/grant";

const LOOKS = {
  live: { tone: "ok", icon: CircleCheck, label: "Live" },
  unconfirmed: { tone: "wait", icon: Clock, label: "Needs confirmation" },
  used_up: { tone: "no", icon: ListChecks, label: "Limit reached" },
  expired: { tone: "no", icon: TimerOff, label: "Expired" },
  ended: { tone: "no", icon: OctagonX, label: "Ended" },
} as const satisfies Record<GrantState, object>;

/** Whether a grant still allows anything. */
export function GrantStateBadge({ state, ...look }: BadgeLook & { state: GrantState }) {
  return <Badge {...LOOKS[state]} title={state} {...look} />;
}
