import { MailState } from "@/components/approvals/mail-state";
import type { CheckpointMail } from "@/lib/notifications/list-checkpoint-mails";

/** Whether what was sent last has arrived. */
export function CheckpointMailList({ mails }: { mails: readonly CheckpointMail[] }) {
  return (
    <section className="border-t border-line pt-3" aria-labelledby="last-mails">
      <h3 className="px-4 text-sm font-medium" id="last-mails">
        Last email to each address
      </h3>
      <ul className="divide-y divide-line pb-1" aria-labelledby="last-mails">
        {mails.map(({ email, last }) => (
          <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-0.5 px-4 py-2" key={email}>
            <span className="min-w-0 wrap-anywhere">{email}</span>
            {last === null ? (
              <span className="text-xs text-muted">No email yet</span>
            ) : (
              <span className="flex flex-wrap items-center gap-x-3 text-xs text-muted">
                {last.receipts.toLocaleString("en-US")} {last.receipts === 1 ? "receipt" : "receipts"}
                <MailState mailboxOf={null} mail={last} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
