import { bytes } from "@/lib/db/bytes";
import type { VisitorContext } from "@/lib/security/context";
import { hashLinkToken } from "@/lib/security/link-token";

/** Records that a link's page was shown, at most once an hour and rounded to the hour. Nothing about the reader is stored. */
export async function noteShareOpened({ db }: VisitorContext, token: string): Promise<void> {
  await db.$executeRaw`
    UPDATE receipt_shares SET open_count = open_count + 1, last_opened_at = date_trunc('hour', clock_timestamp())
    WHERE token_hash = ${bytes(hashLinkToken(token))} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp())
      AND (last_opened_at IS NULL OR last_opened_at < date_trunc('hour', clock_timestamp()))`;
}
