/** The two ways to answer with other values, by whether the app takes changes. */
export const CHANGE_LABELS = {
  approve: {
    verb: "Approve with a change",
    busy: "Approving",
    done: "Approved with a change",
    effect: "The app may then run it once, exactly as you change it. The agent sees what you changed and why.",
  },
  reject: {
    verb: "Reject with a proposal",
    busy: "Rejecting",
    done: "Rejected with a proposal",
    effect: "This app doesn’t take changes, so nothing runs. The agent sees the values that you would accept, and can propose them.",
  },
} as const;

export const REASON_HINT = "Required. The agent sees it, and the receipt records it.";
export const REASON_MISSING = "Say why. The agent sees the reason of every change.";
