import { validate as isUuid } from "uuid";
import type { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { publishChange } from "@/lib/live/publish-change";
import type { SystemContext } from "@/lib/security/context";
import { followUpBounce } from "./follow-up-bounce";
import type { MailEvent } from "./mail-event";

const REASON_MAX_LENGTH = 500;

/** The column that stores the event; other events (opened, clicked) are ignored for privacy. */
const FACTS: Partial<Record<string, "deliveredAt" | "delayedAt" | "bouncedAt" | "complainedAt">> = {
  "email.delivered": "deliveredAt",
  "email.delivery_delayed": "delayedAt",
  "email.bounced": "bouncedAt",
  "email.failed": "bouncedAt",
  "email.suppressed": "bouncedAt",
  "email.complained": "complainedAt",
};

/**
 * Records what the provider reports about an email. Each fact is set once, so events may arrive repeatedly and in any order. Events about
 * unknown emails change nothing. Returns false when nothing was new.
 */
export async function recordMailEvent({ db }: SystemContext, event: MailEvent): Promise<boolean> {
  const fact = FACTS[event.type];
  const mail = whichMail(event);
  if (fact === undefined || mail === null) return false;
  const at = new Date(event.created_at);
  const when = Number.isNaN(at.getTime()) ? new Date() : at;
  return inTransaction(db, async (tx) => {
    const [changed] = await tx.emailDelivery.updateManyAndReturn({
      where: { ...mail, [fact]: null },
      data: { [fact]: when, ...(fact === "bouncedAt" && { bounceReason: reasonOf(event) }) },
      select: { id: true, workspaceId: true, kind: true },
    });
    if (!changed) return false;
    if (changed.workspaceId !== null) await publishChange(tx, changed.workspaceId, "runs", "approvals");
    // In a job, because Resend is waiting for the response.
    if (fact === "bouncedAt") await followUpBounce(tx, changed);
    return true;
  });
}

/** Matches by the tag in each email, or by the provider's id if it dropped tags. */
function whichMail({ data }: MailEvent): Prisma.EmailDeliveryWhereInput | null {
  const id = data?.tags?.delivery_id;
  if (id !== undefined && isUuid(id)) return { id };
  return data?.email_id === undefined ? null : { providerMessageId: data.email_id, provider: "resend" };
}

function reasonOf({ type, data }: MailEvent): string {
  const said = data?.bounce?.message ?? data?.failed?.reason;
  const words =
    said ??
    (type === "email.suppressed"
      ? "The provider no longer sends to this address, because an earlier email to it bounced."
      : "The provider gave no reason.");
  return words
    .replaceAll(/[\0\p{Cs}]/gu, "")
    .slice(0, REASON_MAX_LENGTH)
    .replace(/[\uD800-\uDBFF]$/, "");
}
