import { Prisma } from "@/lib/db/generated/client";

/** The runs `run` for exactly this recipient, written as the index action_runs_by_recipient has it. */
export function isForRecipient(recipient: string): Prisma.Sql {
  return Prisma.sql`(run.recipient IS NOT NULL AND hashtextextended(run.recipient, 0) = hashtextextended(${recipient}, 0)
    AND run.recipient = ${recipient})`;
}
