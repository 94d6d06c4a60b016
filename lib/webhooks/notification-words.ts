import type { RunFacts } from "@/lib/contract/webhook";
import type { RunEvent } from "@/lib/domain/runs/webhook-events";

const HEADINGS: Record<RunEvent, string> = {
  "run.pending": "Waits for approval",
  "run.decided": "Decided",
  "run.expired": "Rejected: nobody answered in time",
  "run.executed": "Executed",
  "run.failed": "Failed",
  "run.in_doubt": "In doubt: its claim ran out with no report",
};

/** What happened, in the console's words. An action's name has letters, digits and underscores only. */
export function notificationHeading(type: RunEvent, { action }: Pick<RunFacts, "action">): string {
  return `${HEADINGS[type]}: ${action}`;
}
