import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { validate as isUuid } from "uuid";
import { mailLinks } from "@/components/admin/mail-links";
import { OpenedMailView } from "@/components/admin/opened-mail";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireOperator } from "@/lib/auth/require-operator";
import { getEnv } from "@/lib/env";
import { openMailboxMessage } from "@/lib/notifications/open-mailbox-message";

export const metadata: Metadata = { title: "Email", referrer: "no-referrer" };

/** One stored email. Opening it is recorded in the audit log, with the reader. */
export default async function MailPage({ params }: { params: Promise<{ messageId: string }> }) {
  const ctx = await requireOperator();
  const { messageId } = await params;
  const mail = isUuid(messageId) ? await openMailboxMessage(ctx, messageId) : null;
  if (mail === null) notFound();
  return (
    <Page>
      <Crumbs items={[{ label: "Admin", href: "/admin" }, { label: "Mailbox", href: "/admin/mailbox" }, { label: mail.subject }]} />
      <PageHeader title={mail.subject} description="Stored on this machine, not sent." />
      <OpenedMailView mail={mail} links={mailLinks(mail.text, getEnv().DAAI_PUBLIC_URL)} />
    </Page>
  );
}
