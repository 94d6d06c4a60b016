import { EyeOff, MailX } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import type { Decider } from "@/lib/approvals/waiting-run";
import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";

const REACHED = new Set(["queued", "sent", "delayed", "delivered", "complained", "opened"]);

/** Says when nobody but the reader has seen the run, or can have heard of it by mail. Nothing when somebody has. */
export function SeenNotice({
  deciders,
  mailNotSentReason,
  isApprovable,
  isLate,
}: {
  deciders: readonly Decider[];
  mailNotSentReason: string | null;
  isApprovable: boolean;
  /** It has waited long enough that somebody should have opened it. */
  isLate: boolean;
}) {
  const others = deciders.filter(({ isReader }) => !isReader);
  const asked = others.filter(({ mail }) => mail !== null);
  if (mailNotSentReason !== null) {
    return (
      <Notice tone="wait" icon={MailX} title="No mail went out.">
        The mail limit of this month is used up, so the run is asked about here alone. {WHO_RAISES_LIMITS}
      </Notice>
    );
  }
  // The card says it with the reason, where Approve would be.
  if (!isApprovable) return null;
  if (others.length === 0) {
    return (
      <Notice tone="no" icon={EyeOff} title="Nobody else can decide this.">
        You are the only one who was asked.
      </Notice>
    );
  }
  if (asked.length > 0 && asked.every(({ mail }) => mail !== null && !REACHED.has(mail.state))) {
    return (
      <Notice tone="stop" icon={EyeOff} title="No mail has reached anybody else.">
        {asked.length === 1
          ? `The mail to ${asked[0]?.name ?? asked[0]?.email} did not arrive.`
          : `None of the ${asked.length} mails to others arrived.`}
      </Notice>
    );
  }
  if (isLate && asked.length > 0 && asked.every(({ mail }) => mail?.state !== "opened")) {
    return (
      <Notice tone="wait" icon={EyeOff} title="Nobody else has seen this yet.">
        {asked.length === 1
          ? `${asked[0]?.name ?? asked[0]?.email} was mailed, and has opened nothing.`
          : `None of the ${asked.length} others who were mailed has opened it.`}
      </Notice>
    );
  }
  return null;
}
