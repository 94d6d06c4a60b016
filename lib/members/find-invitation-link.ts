import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { openMailboxMessage } from "@/lib/notifications/open-mailbox-message";
import type { OperatorContext } from "@/lib/security/context";

/**
 * The link of an invitation whose email was stored, for the operator to pass on. Its holder can create an account for the invited address,
 * so only the operator, who can read every stored email, gets it. Recorded like opening an email.
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
