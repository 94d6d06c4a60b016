import { Ban, CircleCheck, Clock, type LucideProps, Undo2, UserCheck, UserX } from "lucide-react";
import type { ComponentType } from "react";
import { Badge, type BadgeLook } from "@/components/ui/badge";
import { ClockXIcon } from "@/components/ui/clock-x-icon";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";

// Approvals by a policy and by a person must look different.
const LOOKS = {
  allowed: { tone: "ok", icon: CircleCheck, label: "Allowed" },
  pending_approval: { tone: "wait", icon: Clock, label: "Pending approval" },
  approved: { tone: "ok", icon: UserCheck, label: "Approved" },
  rejected: { tone: "no", icon: UserX, label: "Rejected" },
  blocked: { tone: "stop", icon: Ban, label: "Blocked" },
} as const satisfies Record<GovernanceStatus, object>;

/** Labels for rejections without a person's decision. */
const REJECTIONS: Readonly<Record<string, { icon: ComponentType<LucideProps>; label: string }>> = {
  approval_expired: { icon: ClockXIcon, label: "Rejected, expired" },
  withdrawn: { icon: Undo2, label: "Rejected, withdrawn" },
  approval_lapsed: { icon: ClockXIcon, label: "Rejected, approval lapsed" },
  approval_revoked: { icon: Undo2, label: "Rejected, approval revoked" },
};

/** `reason` is the run's governance reason, if known where the badge is shown. */
export function GovernanceBadge({ status, reason = null, ...look }: BadgeLook & { status: GovernanceStatus; reason?: string | null }) {
  const rejection = status === "rejected" && reason !== null ? REJECTIONS[reason] : undefined;
  if (rejection) return <Badge tone="no" {...rejection} title={`rejected, ${reason}`} {...look} />;
  return <Badge {...LOOKS[status]} title={status} {...look} />;
}
