/** Why an approver is asked after the run's first emails. */
export const ASK_REASONS = [
  "bounce",
  "escalation",
  "resend",
  "delegation",
  "reminder",
  "replacement",
  "reassignment",
  "next_stage",
  "changed",
] as const;
export type AskReason = (typeof ASK_REASONS)[number];
