import { validate as isUuid } from "uuid";
import type { MailboxMessage } from "@/lib/db/generated/client";
import type { OperatorContext } from "@/lib/security/context";
import { type MailBody, openMailBody } from "./mailbox-body";

export type MailboxEntry = Omit<MailboxMessage, "sealedBody" | "html" | "text"> & { runId: string | null };
export type OpenedMail = MailboxEntry & MailBody;

export interface MailboxFilter {
  toEmail?: string;
  runId?: string;
  /** Part of an address or of a subject. */
  search?: string;
  /** Messages older than this one: the next page. */
  beforeId?: string;
}

/** Lists messages in the console's own mailbox, newest first, at most `limit`. */
export async function listMailbox(ctx: OperatorContext, filter: MailboxFilter, limit: number): Promise<MailboxEntry[]> {
  const { db } = ctx;
  const ofRun = filter.runId === undefined ? null : await deliveryIdsOfRun(ctx, filter.runId);
  const messages = await db.mailboxMessage.findMany({
    where: {
      ...(filter.toEmail !== undefined && { toEmail: filter.toEmail }),
      ...(ofRun && { idempotencyKey: { in: ofRun } }),
      ...(filter.search !== undefined && { OR: [contains("toEmail", filter.search), contains("subject", filter.search)] }),
      ...(filter.beforeId !== undefined && { id: { lt: filter.beforeId } }),
    },
    omit: { sealedBody: true, html: true, text: true },
    orderBy: { id: "desc" },
    take: limit,
  });
  const runs = await runsOf(
    ctx,
    messages.map((message) => message.idempotencyKey),
  );
  return messages.map((message) => ({ ...message, runId: runs.get(message.idempotencyKey) ?? null }));
}

export async function getMailboxMessage(ctx: OperatorContext, id: string): Promise<OpenedMail | null> {
  const message = await ctx.db.mailboxMessage.findUnique({ where: { id } });
  if (!message) return null;
  const { sealedBody, html, text, ...entry } = message;
  const runs = await runsOf(ctx, [entry.idempotencyKey]);
  return { ...entry, ...openMailBody({ sealedBody, html, text }), runId: runs.get(entry.idempotencyKey) ?? null };
}

function contains(column: "toEmail" | "subject", words: string) {
  return { [column]: { contains: words, mode: "insensitive" as const } };
}

/** For emails about runs, a message's key is the id of its delivery. */
async function runsOf({ db }: OperatorContext, keys: string[]): Promise<Map<string, string>> {
  const deliveries = await db.emailDelivery.findMany({
    where: { id: { in: keys.filter((key) => isUuid(key)) } },
    select: { id: true, runId: true },
  });
  return new Map(deliveries.flatMap(({ id, runId }) => (runId === null ? [] : [[id, runId]])));
}

async function deliveryIdsOfRun({ db }: OperatorContext, runId: string): Promise<string[]> {
  const run = await db.actionRun.findUnique({ where: { id: runId }, select: { emailDeliveries: { select: { id: true } } } });
  return run?.emailDeliveries.map(({ id }) => id) ?? [];
}
