import type { WireApprovals } from "@/lib/contract/approvals";
import type { Approvals } from "@/lib/domain/runs/approvals";

/** How far the approvals are, as responses and refusals contain it. */
export function wireApprovals({ stage, stages, required, given, by }: Approvals): WireApprovals {
  return { stage, stages, required, given, by: [...by] };
}
