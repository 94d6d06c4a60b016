import { Ban, Check, X } from "lucide-react";
import { AnswersAs } from "./answers-as";
import { decidePath } from "./decide-path";
import { REJECT_OR_BLOCK } from "./decision-words";
import { FourEyesNotice } from "./four-eyes-notice";
import { ButtonLink } from "@/components/ui/button-link";

/** The three answers, each a link to its second step: whatever presses everything on this page decides nothing. */
export function AnswerLinks({ token, approverEmail, mayApprove }: { token: string; approverEmail: string; mayApprove: boolean }) {
  return (
    <div className="grid gap-2.5">
      {mayApprove ? (
        <ButtonLink href={decidePath(token, "?step=approve")} variant="primary" size="touch" isPlain>
          <Check className="size-4" strokeWidth={2} aria-hidden="true" />
          Approve…
        </ButtonLink>
      ) : (
        <FourEyesNotice />
      )}
      <div className="grid grid-cols-2 gap-2.5">
        <ButtonLink href={decidePath(token, "?step=reject")} size="touch" isPlain>
          <X className="size-4" strokeWidth={2} aria-hidden="true" />
          Reject…
        </ButtonLink>
        <ButtonLink href={decidePath(token, "?step=block")} variant="danger" size="touch" isPlain>
          <Ban className="size-4" strokeWidth={2} aria-hidden="true" />
          Block…
        </ButtonLink>
      </div>
      <AnswersAs email={approverEmail} />
      <p className="text-sm leading-[18px] text-muted">
        {REJECT_OR_BLOCK} Opening this page changed nothing. Each decision takes one more step.
      </p>
    </div>
  );
}
