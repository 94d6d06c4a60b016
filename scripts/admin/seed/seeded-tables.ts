import type { CopyValue } from "./copy-text";

/** What a history is written into, parents before children. */
export const SEEDED_TABLES = ["action_runs", "approval_requests", "decision_links", "decisions", "email_deliveries", "receipts"] as const;
export type SeededTable = (typeof SEEDED_TABLES)[number];

/** By column. Every row of a table names the same columns in the same order. */
export type Row = Readonly<Record<string, CopyValue>>;

export type TableRow = readonly [table: SeededTable, row: Row];
