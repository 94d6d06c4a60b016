import { Prisma } from "@/lib/db/generated/client";

/** Selects the runs `run` with exactly this recipient. Must match the expression of the index action_runs_by_recipient. */
export function isForRecipient(recipient: string): Prisma.Sql {
  return Prisma.sql`(run.recipient IS NOT NULL AND hashtextextended(run.recipient, 0) = hashtextextended(${recipient}, 0)
    AND run.recipient = ${recipient})`;
}
