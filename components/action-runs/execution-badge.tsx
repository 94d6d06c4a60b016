import { CheckCheck, CircleDashed, Hourglass, TriangleAlert } from "lucide-react";
import { Badge, type BadgeLook } from "@/components/ui/badge";
import type { ExecutionStatus } from "@/lib/domain/statuses";

const LOOKS = {
  not_executed: { tone: "no", icon: CircleDashed, label: "Not executed" },
  awaiting_execution_report: { tone: "live", icon: Hourglass, label: "Awaiting execution report" },
  executed: { tone: "ok", icon: CheckCheck, label: "Executed" },
  failed: { tone: "stop", icon: TriangleAlert, label: "Failed" },
} as const satisfies Record<ExecutionStatus, object>;

/** What the app reported. The console never ran anything. */
export function ExecutionBadge({ status, ...look }: BadgeLook & { status: ExecutionStatus }) {
  return <Badge {...LOOKS[status]} title={status} {...look} />;
}
