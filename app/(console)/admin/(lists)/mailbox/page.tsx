import { Inbox, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { validate as isUuid } from "uuid";
import { AdminFrame } from "@/components/admin/admin-frame";
import { MailboxList } from "@/components/admin/mailbox-list";
import { MailboxNotice } from "@/components/admin/mailbox-notice";
import { SearchForm } from "@/components/admin/search-form";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderNewer } from "@/components/ui/older-newer";
import { requireOperator } from "@/lib/auth/require-operator";
import { onePage } from "@/lib/domain/lists/one-page";
import { readSearchWords } from "@/lib/domain/text/read-search-words";
import { isMailKept } from "@/lib/notifications/is-mail-kept";
import { listMailbox } from "@/lib/notifications/list-mailbox";

export const metadata: Metadata = { title: "Mailbox" };

const PAGE_SIZE = 50;

/** The emails that a console without a provider would have sent, for its operator. */
export default async function MailboxPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[]; before?: string | string[] }>;
}) {
  const ctx = await requireOperator();
  const { q, before } = await searchParams;
  const words = readSearchWords(q);
  const beforeId = typeof before === "string" && isUuid(before) ? before : undefined;
  const found = await listMailbox(ctx, { ...(words !== "" && { search: words }), beforeId }, PAGE_SIZE + 1);
  const { shown: mails, next } = onePage(found, PAGE_SIZE, ({ id }) => id);
  const address = (place: Record<string, string>) =>
    `/admin/mailbox?${new URLSearchParams({ ...(words !== "" && { q: words }), ...place }).toString()}`;

  return (
    <AdminFrame tab="Mailbox">
      <MailboxNotice isMailKept={isMailKept()} />
      <SearchForm action="/admin/mailbox" label="Address or subject" words={words} />
      <Card className="overflow-hidden" aria-label="Emails">
        {mails.length > 0 ? (
          <MailboxList mails={mails} />
        ) : words === "" ? (
          <EmptyState icon={Inbox} title="No emails yet">
            {isMailKept()
              ? "Sign-in links, invitations and approval emails appear here as soon as the console writes them."
              : "Every email went to the provider."}
          </EmptyState>
        ) : (
          <EmptyState icon={SearchX} title="No emails match" action={<ButtonLink href="/admin/mailbox">Clear search</ButtonLink>}>
            No email has these words in its address or subject.
          </EmptyState>
        )}
        <OlderNewer newerHref={beforeId === undefined ? null : address({})} olderHref={next === null ? null : address({ before: next })} />
      </Card>
    </AdminFrame>
  );
}
