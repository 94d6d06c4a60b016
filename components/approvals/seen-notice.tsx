import { EyeOff, MailX } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import type { Decider } from "@/lib/approvals/waiting-run";

const REACHED = new Set(["sent", "delivered", "queued"]);

/** Says when nobody but the reader can have heard of the run by mail. Nothing when somebody has. */
export function SeenNotice({ deciders, mailNotSentReason }: { deciders: readonly Decider[]; mailNotSentReason: string | null }) {
  const others = deciders.filter(({ isReader }) => !isReader);
  const asked = others.filter(({ mail }) => mail !== null);
  if (mailNotSentReason !== null) {
    return (
      <Notice tone="wait" icon={MailX} title="No mail went out.">
        The mail limit of this month is used up, so the run is asked about here alone.
      </Notice>
    );
  }
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
        {asked.length === 1 ? `The mail to ${asked[0]?.name ?? asked[0]?.email} did not arrive.` : `None of the ${asked.length} mails to others arrived.`}
      </Notice>
    );
  }
  return null;
}
