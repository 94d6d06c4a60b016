import { notFound } from "next/navigation";
import { validate as isUuid } from "uuid";
import { requireOperator } from "@/lib/auth/require-operator";
import { openMailboxMessage } from "@/lib/notifications/open-mailbox-message";

/** The HTML of a kept mail for the frame on its page; proxy.ts gives it a policy of its own, under which it runs nothing. */
export async function GET(_request: Request, { params }: { params: Promise<{ messageId: string }> }): Promise<Response> {
  const ctx = await requireOperator();
  const { messageId } = await params;
  const mail = isUuid(messageId) ? await openMailboxMessage(ctx, messageId) : null;
  if (mail === null) notFound();
  // A link would otherwise open in the frame, where no page of ours may be shown.
  const html = mail.html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`);
  return new Response(html, { headers: { "Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8" } });
}
