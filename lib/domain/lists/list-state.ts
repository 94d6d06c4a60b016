/** What is in force, or what is over. */
export const LIST_STATES = ["active", "ended"] as const;

/** Which of a list are read, older than `before`; null: all, from the newest on. */
export interface StatePage {
  readonly state: (typeof LIST_STATES)[number] | null;
  readonly before: string | null;
}
