import type { Decision } from "@/lib/domain/runs/statuses";

/** The three answers in the words of buttons, of what is under way, of what is done, and of what they say to the agent. */
export const DECISION_LABELS = {
  approve: { verb: "Approve", busy: "Approving", done: "Approved", effect: "Your app may then run it once." },
  reject: { verb: "Reject", busy: "Rejecting", done: "Rejected", effect: "Nothing will run. The agent may ask again." },
  block: { verb: "Block", busy: "Blocking", done: "Blocked", effect: "Nothing will run. It says that this should not have been proposed." },
} as const satisfies Record<Decision, object>;

export const REJECT_OR_BLOCK =
  "Reject says “not this time”, and the agent may ask again. Block says “this should not have been proposed”. Either way, nothing runs.";

export const COMMENT_MISSING = "Say why you reject: this action asks for a comment with every rejection.";

/** Nobody knows what became of it: the page and what was typed stay. */
export const NOT_SENT = {
  title: "Not sent. Try again.",
  detail: "The console didn’t confirm your decision, so it may not have been recorded. Your comment is still here.",
} as const;
