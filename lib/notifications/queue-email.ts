import { addJob } from "@/lib/db/add-job";
import { bytes } from "@/lib/db/bytes";
import type { Prisma } from "@/lib/db/generated/client";
import { type Db, databaseNow } from "@/lib/db/transaction";
import type { EmailKind, NotSentReason } from "@/lib/domain/runs/delivery-state";
import { sealToken } from "@/lib/security/seal-token";

type Columns = Prisma.EmailDeliveryUncheckedCreateInput;
type About = Pick<
  Columns,
  | "workspaceId"
  | "runId"
  | "decisionLinkId"
  | "askReason"
  | "accountTokenId"
  | "invitationId"
  | "aboutDeliveryId"
  | "aboutWebhookId"
  | "aboutProposalId"
  | "aboutGrantId"
  | "checkpointDay"
  | "checkpointOrigin"
  | "checkpointSize"
>;

export interface NewEmail extends About {
  id: string;
  kind: EmailKind;
  toEmail: string;
  /** The token of the link in it, encrypted until the email is sent. */
  token?: string;
  /** Why it is only recorded and never sent. */
  notSentReason?: NotSentReason | null;
  createdAt?: Date;
}

/**
 * Adds an email to the outbox, inside the caller's transaction: its row, and the job that sends it. An existing one is left unchanged.
 * `daai_intercept` does the same for a run's first emails.
 */
export async function queueEmail(db: Db, { token, notSentReason = null, createdAt, ...mail }: NewEmail): Promise<void> {
  const isQueued = notSentReason === null;
  const { count } = await db.emailDelivery.createMany({
    data: [
      {
        ...mail,
        status: isQueued ? "queued" : "not_sent",
        notSentReason,
        sealedToken: isQueued && token !== undefined ? bytes(sealToken(token)) : null,
        createdAt: createdAt ?? (await databaseNow(db)),
      },
    ],
    skipDuplicates: true,
  });
  if (isQueued && count === 1) await scheduleEmail(db, mail.id);
}

/** Queues the job that sends an email, at most once. */
export async function scheduleEmail(db: Db, deliveryId: string, runAt: Date | null = null): Promise<void> {
  await addJob(db, "send-email", { deliveryId }, { runAt, key: `mail:${deliveryId}` });
}
