import { type Db, databaseNow } from "@/lib/db/transaction";
import { MailDeferred } from "@/lib/email/mail-refused";
import { getEnv } from "@/lib/env";
import { countDown, countUp } from "@/lib/limits/count-up";

const HOUR_MS = 3_600_000;
const COUNTER = ["stranger_mails_per_hour", "console"] as const;

/**
 * Counts an email to a stranger: an address without an account that never decided through a link. Anyone who can propose runs or invite
 * people chooses such addresses, so every plan limits them. Returns how to undo it if the email wasn't sent. Throws MailDeferred until the
 * next hour.
 */
export async function countStrangerMail(db: Db, toEmail: string): Promise<() => Promise<void>> {
  if (!(await isStranger(db, toEmail))) return () => Promise.resolve();
  const limit = getEnv().DAAI_STRANGER_MAILS_PER_HOUR;
  const now = await databaseNow(db);
  const hour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  if (await countUp(db, ...COUNTER, new Date(hour), limit)) return () => countDown(db, ...COUNTER, new Date(hour));
  throw new MailDeferred(
    `The console sends at most ${limit} emails per hour to people without an account who have never decided by link (DAAI_STRANGER_MAILS_PER_HOUR).`,
    Math.ceil((hour + HOUR_MS - now.getTime()) / 1000),
  );
}

async function isStranger(db: Db, toEmail: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ is_known: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM users WHERE email = ${toEmail})
        OR EXISTS (SELECT 1 FROM decision_links WHERE approver_email = ${toEmail} AND used_at IS NOT NULL) AS is_known`;
  return row?.is_known !== true;
}
