import { Eye, MailCheck, MailQuestionMark, MailX, MailMinus } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Instant } from "@/components/ui/instant";
import type { Decider } from "@/lib/approvals/waiting-run";

const LOOKS = {
  queued: { tone: "wait", icon: MailQuestionMark, label: "Mail on its way" },
  sent: { tone: "no", icon: MailCheck, label: "Mail sent" },
  delayed: { tone: "wait", icon: MailQuestionMark, label: "Mail delayed" },
  delivered: { tone: "no", icon: MailCheck, label: "Mail delivered" },
  complained: { tone: "wait", icon: MailMinus, label: "Mail marked as spam" },
  opened: { tone: "ok", icon: Eye, label: "Page opened" },
  not_sent: { tone: "wait", icon: MailMinus, label: "No mail sent" },
  bounced: { tone: "stop", icon: MailX, label: "Mail bounced" },
  dead: { tone: "stop", icon: MailX, label: "Mail could not be sent" },
} as const;

/** What became of the mail that asked somebody. */
export function MailState({ mail }: { mail: Decider["mail"] }) {
  if (mail === null) return <span className="text-xs text-muted">Not asked by mail, may decide by role</span>;
  const look = isKnown(mail.state) ? LOOKS[mail.state] : LOOKS.queued;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 text-xs">
      <Badge {...look} quiet title={mail.reason ?? mail.state} />
      {mail.state === "queued" ? null : (
        <span className="text-muted">
          <Instant at={mail.at} format="minute" />
        </span>
      )}
    </span>
  );
}

function isKnown(state: string): state is keyof typeof LOOKS {
  return Object.hasOwn(LOOKS, state);
}
