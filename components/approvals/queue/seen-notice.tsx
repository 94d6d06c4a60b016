import { EyeOff, MailX } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import type { Decider } from "@/lib/approvals/waiting-run";
import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";

const REACHED = new Set(["queued", "sent", "delayed", "delivered", "complained", "opened"]);

/** Warns when no one but the reader has opened the run or can know of it by email. Empty when someone has. */
export function SeenNotice({
  deciders,
  mailNotSentReason,
  isApprovable,
  isLate,
}: {
  deciders: readonly Decider[];
  mailNotSentReason: string | null;
  isApprovable: boolean;
  /** It has been pending long enough that someone should have opened it. */
  isLate: boolean;
}) {
  const others = deciders.filter(({ isReader }) => !isReader);
  const asked = others.filter(({ mail }) => mail !== null);
  if (mailNotSentReason !== null) {
    return (
      <Notice tone="wait" icon={MailX} title="No email was sent.">
        This month’s email limit has been reached, so the run can only be decided here. {WHO_RAISES_LIMITS}
      </Notice>
    );
  }
  // The card shows it with the reason, in place of Approve.
  if (!isApprovable) return null;
  if (others.length === 0) {
    return (
      <Notice tone="no" icon={EyeOff} title="Nobody else can decide this.">
        You’re the only approver.
      </Notice>
    );
  }
  if (asked.length > 0 && asked.every(({ mail }) => mail !== null && !REACHED.has(mail.state))) {
    return (
      <Notice tone="stop" icon={EyeOff} title="No email has reached anyone else.">
        {asked.length === 1
          ? `The email to ${asked[0]?.name ?? asked[0]?.email} wasn’t delivered.`
          : `None of the ${asked.length} emails to others were delivered.`}
      </Notice>
    );
  }
  if (isLate && asked.length > 0 && asked.every(({ mail }) => mail?.state !== "opened")) {
    return (
      <Notice tone="wait" icon={EyeOff} title="Nobody else has seen this yet.">
        {asked.length === 1
          ? `${asked[0]?.name ?? asked[0]?.email} was emailed but hasn’t opened the request.`
          : `None of the ${asked.length} other people who were emailed have opened it.`}
      </Notice>
    );
  }
  return null;
}
