import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { systemContext } from "@/lib/auth/contexts";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { MAILBOX } from "@/lib/domain/runs/delivery-state";
import { renderAccountMail } from "@/lib/email/render-account-mail";
import { getEnv } from "@/lib/env";
import { mailProviderName } from "@/lib/notifications/mail-provider-name";
import type { OperatorContext } from "@/lib/security/context";
import { chooseMailProvider } from "./choose-mail-provider";

const DETAIL_MAX_LENGTH = 500;

export type TestMail =
  | { ok: true; state: "sent"; to: string }
  /** No provider is set: where the operator finds it. */
  | { ok: true; state: "kept"; to: string; messageId: string }
  /** The provider's response. */
  | { ok: true; state: "failed"; to: string; detail: string };

/** Sends the operator one email immediately, without retries, so that they see the provider's response. Recorded in the audit log first. */
export async function sendTestMail(ctx: OperatorContext): Promise<TestMail | Refusal> {
  const { email: to } = ctx.actor;
  if (to === null) return refuse("validation_failed", "Nobody's address is known: ask for it in the console.");
  const { DAAI_MAIL_FROM: from, DAAI_PUBLIC_URL: link } = getEnv();
  const user = await ctx.db.user.findUniqueOrThrow({ where: { email: to }, select: { id: true } });
  const data = { to, provider: mailProviderName() };
  await recordAuditEvent(ctx, { verb: "user.test_mail_sent", subjectType: "user", subjectId: user.id, data });
  const provider = chooseMailProvider(systemContext(null, ctx.db));
  const mail = await renderAccountMail({ kind: "test_mail", email: to, link });
  try {
    const { providerMessageId } = await provider.send({ ...mail, from, to, idempotencyKey: uuidv7() });
    return provider.name === MAILBOX && providerMessageId !== null
      ? { ok: true, state: "kept", to, messageId: providerMessageId }
      : { ok: true, state: "sent", to };
  } catch (error) {
    return { ok: true, state: "failed", to, detail: (error instanceof Error ? error.message : "It failed.").slice(0, DETAIL_MAX_LENGTH) };
  }
}
