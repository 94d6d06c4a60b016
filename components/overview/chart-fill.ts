import type { GovernanceStatus } from "@/lib/domain/runs/statuses";

/** Two greens that differ in lightness, gray, red, amber. */
export const CHART_FILL: Record<GovernanceStatus, string> = {
  allowed: "fill-ok-solid-2",
  approved: "fill-ok-solid",
  rejected: "fill-no-solid",
  blocked: "fill-stop-solid",
  pending_approval: "fill-wait-solid",
};
