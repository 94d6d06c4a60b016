import type { Decision } from "@/lib/domain/runs/statuses";

/** The three decisions as button labels, progress and result texts, and texts for the agent. */
export const DECISION_LABELS = {
  approve: { verb: "Approve", busy: "Approving", done: "Approved", effect: "Your app may then run it once." },
  reject: { verb: "Reject", busy: "Rejecting", done: "Rejected", effect: "Nothing will run. The agent can propose it again." },
  block: {
    verb: "Block",
    busy: "Blocking",
    done: "Blocked",
    effect: "Nothing will run. Blocking means the agent shouldn’t have proposed this.",
  },
} as const satisfies Record<Decision, object>;

/** For the person who approved, until the app claims the run. */
export const REVOKE_LABELS = {
  verb: "Revoke approval",
  busy: "Revoking",
  done: "Approval revoked",
  offer: "You can revoke your approval until the app claims it.",
  effect: "Nothing will run. The request is rejected, and the agent will see that you revoked the approval.",
  pendingEffect: "The run stays pending, and you’re asked again: you can then approve, reject or block it.",
} as const;

export const REJECT_OR_BLOCK =
  "Reject means “not this time”: the agent can propose it again. Block means “this should not have been proposed”. Either way, nothing runs.";

export const COMMENT_MISSING = "Add a comment. This action requires one when you reject.";

/** The result is unknown, so the page keeps what was typed. */
export const NOT_SENT = {
  title: "Decision not confirmed. Try again.",
  detail: "The console didn’t confirm your decision, so it may not have been recorded. Your comment is still here.",
} as const;
