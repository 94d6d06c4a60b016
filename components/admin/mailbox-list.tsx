import { Instant } from "@/components/ui/instant";
import { type PlainColumn, PlainTable, ROW_LINK } from "@/components/ui/plain-table";
import { inConsole } from "@/lib/net/base-path";
import type { MailboxEntry } from "@/lib/notifications/list-mailbox";

/** Plain anchors: opening an email is recorded, so nothing may be prefetched. */
const COLUMNS: readonly PlainColumn<MailboxEntry>[] = [
  {
    head: "Stored",
    place: "end",
    cell: ({ createdAt }) => (
      <span className="text-muted">
        <Instant at={createdAt} format="short" />
      </span>
    ),
  },
  {
    head: "Subject",
    place: "name",
    isElastic: true,
    cell: ({ id, subject }) => (
      <a className={`${ROW_LINK} block truncate`} href={inConsole(`/admin/mailbox/${id}`)}>
        <span title={subject}>{subject}</span>
      </a>
    ),
  },
  {
    head: "To",
    place: "second",
    cell: ({ toEmail }) => (
      <span className="block max-w-72 truncate" title={toEmail}>
        {toEmail}
      </span>
    ),
  },
];

/** Kept mails, the newest first. */
export function MailboxList({ mails }: { mails: readonly MailboxEntry[] }) {
  return <PlainTable label="Emails" columns={COLUMNS} rows={mails} keyOf={({ id }) => id} />;
}
