/** Why somebody is asked about a run after its first mails went out. */
export const ASK_REASONS = ["bounce", "escalation", "resend", "delegation", "reminder", "replacement"] as const;
export type AskReason = (typeof ASK_REASONS)[number];
