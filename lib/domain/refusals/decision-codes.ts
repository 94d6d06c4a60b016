import type { ErrorCodeText } from "./error-code-text";

/** What can't be decided, or not by this person, or not by this link. */
export const DECISION_CODES = {
  already_decided: {
    title: "Already decided",
    meaning: "Someone already decided this run. The first decision stands. The response says who decided and when.",
  },
  already_approved: {
    title: "Already approved by you",
    meaning: "You, or someone in your place, already approved this run, and other approvals are still missing. Nobody counts twice.",
  },
  not_asked: {
    title: "You aren't asked now",
    meaning:
      "This run needs several approvals, and only the people who are asked now can decide it. The response says who has approved it and who is still needed.",
  },
  not_decided: {
    title: "Not decided yet",
    meaning:
      "The run is pending approval, so its data can't be erased yet: approvers need to see it. Or nobody approved it, so there is no approval to revoke.",
  },
  already_erased: {
    title: "Already erased",
    meaning: "The run's personal data was already erased. Its erasure receipt says by whom, when and why.",
  },
  four_eyes: {
    title: "Self-approval not allowed",
    meaning:
      "The run was proposed with an API key this person created, and the action prevents self-approval. Another approver must approve it.",
  },
  link_expired: {
    title: "Link expired",
    meaning: "The approval window has ended, so the run was rejected. The agent can propose it again.",
  },
  link_used: {
    title: "Link already used",
    meaning: "This link was already used. A link works once, and a decision can't be changed.",
  },
  link_withdrawn: {
    title: "Link revoked",
    meaning:
      "Its holder left the workspace or was disabled, someone else is asked in their place, the request was reassigned, or the workspace was deleted. The member reason says which.",
  },
  action_inactive: {
    title: "Inactive action",
    meaning: "The run's action is deactivated, so the run can't be approved or claimed until the action is activated again.",
  },
} as const satisfies Record<string, ErrorCodeText>;
