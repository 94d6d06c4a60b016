import { Ban, Check, X } from "lucide-react";
import { CommentArea } from "@/components/approvals/comment-area";
import { FourEyesNotice } from "@/components/approvals/four-eyes-notice";
import { decidePath } from "@/components/approvals/decide-path";
import { ButtonLink } from "@/components/ui/button-link";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";

/**
 * The three answers. Rejecting and blocking are done at once; approving is a link to its second step. Where a rejection must
 * say why, the browser asks for the comment by itself; blocking goes without.
 */
export function AnswerForm({
  token,
  requiresRejectComment,
  mayApprove,
}: {
  token: string;
  requiresRejectComment: boolean;
  mayApprove: boolean;
}) {
  return (
    <PostForm action={decidePath(token, "answer")}>
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
          <SubmitButton
            name="decision"
            value="reject"
            variant="plain"
            icon={<X className="size-4" strokeWidth={2} aria-hidden="true" />}
            label="Reject"
            busyLabel="Rejecting"
          />
          <SubmitButton
            name="decision"
            value="block"
            variant="danger"
            icon={<Ban className="size-4" strokeWidth={2} aria-hidden="true" />}
            label="Block"
            busyLabel="Blocking"
            skipsValidation
          />
        </div>
        <p className="text-sm leading-[18px] text-muted">
          Opening this page changed nothing. {mayApprove ? "Approving takes one more step, rejecting" : "Rejecting"} or blocking is done at
          once.
        </p>
      </div>
      {requiresRejectComment ? (
        <CommentArea hint="required to reject, kept with the answer" isRequired />
      ) : (
        <CommentArea hint="optional, kept with a rejection or a block" />
      )}
    </PostForm>
  );
}
