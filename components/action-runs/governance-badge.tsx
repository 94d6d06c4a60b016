import { Ban, CircleCheck, Clock, UserCheck, UserX } from "lucide-react";
import { Badge, type BadgeLook } from "@/components/ui/badge";
import { ClockXIcon } from "@/components/ui/clock-x-icon";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";

// A policy's yes is a check, a person's yes is a person: they must not look alike.
const LOOKS = {
  allowed: { tone: "ok", icon: CircleCheck, label: "Allowed" },
  pending_approval: { tone: "wait", icon: Clock, label: "Pending approval" },
  approved: { tone: "ok", icon: UserCheck, label: "Approved" },
  rejected: { tone: "no", icon: UserX, label: "Rejected" },
  blocked: { tone: "stop", icon: Ban, label: "Blocked" },
} as const satisfies Record<GovernanceStatus, object>;

export function GovernanceBadge({ status, isExpired = false, ...look }: BadgeLook & { status: GovernanceStatus; isExpired?: boolean }) {
  if (status === "rejected" && isExpired) {
    return <Badge tone="no" icon={ClockXIcon} label="Rejected, expired" title="rejected, approval_expired" {...look} />;
  }
  return <Badge {...LOOKS[status]} title={status} {...look} />;
}
