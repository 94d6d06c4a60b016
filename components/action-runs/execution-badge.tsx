import { CheckCheck, CircleDashed, CircleQuestionMark, Hourglass, TriangleAlert } from "lucide-react";
import { Badge, type BadgeLook } from "@/components/ui/badge";
import type { ExecutionFilter } from "@/lib/domain/runs/run-search";

const LOOKS = {
  not_executed: { tone: "no", icon: CircleDashed, label: "Not executed" },
  awaiting_execution_report: { tone: "live", icon: Hourglass, label: "Awaiting execution report" },
  executed: { tone: "ok", icon: CheckCheck, label: "Executed" },
  failed: { tone: "stop", icon: TriangleAlert, label: "Failed" },
  in_doubt: { tone: "wait", icon: CircleQuestionMark, label: "In doubt" },
} as const satisfies Record<ExecutionFilter, object>;

/** What the app reported. The console never executes anything. */
export function ExecutionBadge({ status, ...look }: BadgeLook & { status: ExecutionFilter }) {
  return <Badge {...LOOKS[status]} title={status} {...look} />;
}
