import type { RunEvent } from "@/lib/domain/runs/webhook-events";

const HEADINGS: Record<RunEvent, string> = {
  "run.pending": "Waits for approval",
  "run.decided": "Decided",
  "run.expired": "Rejected: nobody answered in time",
  "run.executed": "Executed",
  "run.failed": "Failed",
  "run.in_doubt": "In doubt: its claim ran out with no report",
};

/** What happened, and to what. An action's name is the console's own words: letters, digits and underscores only. Its title is not. */
export function notificationHeading(type: RunEvent, action: string): string {
  return `${HEADINGS[type]}: ${action}`;
}
