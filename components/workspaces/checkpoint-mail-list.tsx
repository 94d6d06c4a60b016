import { MailState } from "@/components/approvals/mail-state";
import type { CheckpointMail } from "@/lib/notifications/list-checkpoint-mails";

/** Whether what was sent last has arrived. */
export function CheckpointMailList({ mails }: { mails: readonly CheckpointMail[] }) {
  return (
    <ul className="divide-y divide-line border-t border-line" aria-label="Last mails">
      {mails.map(({ email, last }) => (
        <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-0.5 px-4 py-2" key={email}>
          <span className="min-w-0 wrap-anywhere">{email}</span>
          {last === null ? (
            <span className="text-xs text-muted">No mail yet</span>
          ) : (
            <span className="flex flex-wrap items-center gap-x-3 text-xs text-muted">
              {last.receipts.toLocaleString("en-US")} {last.receipts === 1 ? "receipt" : "receipts"}
              <MailState mail={last} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
