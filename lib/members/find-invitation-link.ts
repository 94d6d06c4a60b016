import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { openMailboxMessage } from "@/lib/notifications/open-mailbox-message";
import type { OperatorContext } from "@/lib/security/context";

/**
 * The link of an invitation whose mail stayed in the console, for its operator to hand over. Whoever has it can make an account at the
 * invited address, so it is the operator's alone, who reads every kept mail, and taking it is written down like reading one.
 */
export async function findInvitationLink(
  ctx: OperatorContext,
  { invitationId }: { invitationId: string },
): Promise<{ ok: true; link: string } | Refusal> {
  const delivery = await ctx.db.emailDelivery.findFirst({ where: { invitationId }, orderBy: { id: "desc" }, select: { id: true } });
  const message = delivery && (await ctx.db.mailboxMessage.findUnique({ where: { idempotencyKey: delivery.id }, select: { id: true } }));
  const mail = message && (await openMailboxMessage(ctx, message.id));
  const link = mail?.text.match(/^https?:\/\/\S+\/invitation\/\S+$/m)?.[0];
  return link === undefined ? refuse("not_found", "The email isn’t in the mailbox yet. Try again in a moment.") : { ok: true, link };
}
