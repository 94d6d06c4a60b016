import type { Decision } from "@/lib/domain/statuses";

/** The three answers in the words of buttons, of what is under way, and of what is done. */
export const DECISION_WORDS = {
  approve: { verb: "Approve", busy: "Approving", done: "Approved" },
  reject: { verb: "Reject", busy: "Rejecting", done: "Rejected" },
  block: { verb: "Block", busy: "Blocking", done: "Blocked" },
} as const satisfies Record<Decision, object>;
