import { v7 as uuidv7 } from "uuid";
import { eachAlone } from "@/lib/db/each-alone";
import { type Db, databaseNow, inTransaction } from "@/lib/db/transaction";
import type { SystemContext } from "@/lib/security/context";
import { queueEmail } from "./queue-email";

interface DueMail {
  workspace_id: string;
  to_email: string;
  origin: string;
  size: bigint;
}

/**
 * Adds today's checkpoint emails to the outbox. Idempotent: each address gets at most one a day, and none while the log hasn't changed
 * since the last one. A failed delivery doesn't count as the last one. Each has its own transaction, so that a failing one doesn't stop the others.
 */
export async function queueCheckpointMails({ db }: SystemContext): Promise<void> {
  const createdAt = await databaseNow(db);
  const checkpointDay = new Date(createdAt.toISOString().slice(0, 10));
  await eachAlone(await dueMails(db), (due) =>
    inTransaction(db, (tx) =>
      queueEmail(tx, {
        id: uuidv7(),
        workspaceId: due.workspace_id,
        kind: "log_checkpoint",
        toEmail: due.to_email,
        checkpointDay,
        checkpointOrigin: due.origin,
        checkpointSize: due.size,
        createdAt,
      }),
    ),
  );
}

function dueMails(db: Db): Promise<DueMail[]> {
  return db.$queryRaw<DueMail[]>`
    SELECT w.id AS workspace_id, address.to_email, l.origin, l.size
    FROM workspaces w JOIN receipt_logs l ON l.workspace_id = w.id CROSS JOIN unnest(w.checkpoint_emails) AS address (to_email)
    LEFT JOIN LATERAL (
      SELECT d.checkpoint_origin, d.checkpoint_size FROM email_deliveries d
      WHERE d.workspace_id = w.id AND d.to_email = address.to_email AND d.checkpoint_day IS NOT NULL AND d.status IN ('queued', 'sent')
      ORDER BY d.checkpoint_day DESC LIMIT 1) before ON true
    WHERE w.checkpoint_emails <> '{}' AND w.deleted_at IS NULL AND l.size > 0
      AND (before.checkpoint_origin, before.checkpoint_size) IS DISTINCT FROM (l.origin, l.size)
    ORDER BY w.id, address.to_email`;
}
