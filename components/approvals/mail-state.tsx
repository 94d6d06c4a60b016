import { Eye } from "lucide-react";
import { KeptEmailLink } from "@/components/action-runs/kept-email-link";
import { MAIL_LOOKS } from "@/components/action-runs/mail-looks";
import { Badge } from "@/components/ui/badge";
import { Instant } from "@/components/ui/instant";
import type { Decider } from "@/lib/approvals/waiting-run";
import { deliveryLabel } from "@/lib/domain/runs/delivery-state";

const OPENED = { tone: "ok", icon: Eye, label: "Request opened" } as const;

/** Shows the status of an approver's email. `mailboxOf` is their address for readers who may open the mailbox. */
export function MailState({ mail, mailboxOf = null }: { mail: Decider["mail"]; mailboxOf?: string | null }) {
  if (mail === null) return <span className="text-xs text-muted">Not emailed. Can decide because of their role.</span>;
  const look = mail.state === "opened" ? OPENED : { ...MAIL_LOOKS[mail.state], label: deliveryLabel(mail.state, mail.attempts) };
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 text-xs">
      <Badge {...look} quiet title={mail.reason ?? look.label} />
      {mail.state === "queued" ? null : (
        <span className="text-muted">
          <Instant at={mail.at} format="minute" />
        </span>
      )}
      {mail.state === "kept" && mailboxOf !== null ? <KeptEmailLink address={mailboxOf} /> : null}
    </span>
  );
}
