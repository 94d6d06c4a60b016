import { Ban, Check, X } from "lucide-react";
import { CommentArea } from "@/components/approvals/comment-area";
import { decidePath } from "@/components/approvals/decide-path";
import { ButtonLink } from "@/components/ui/button-link";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";

/** The three answers. Rejecting and blocking are done at once; approving is a link to its second step. */
export function AnswerForm({ token }: { token: string }) {
  return (
    <PostForm action={decidePath(token, "answer")}>
      <div className="grid gap-2.5">
        <ButtonLink href={decidePath(token, "?step=approve")} variant="primary">
          <Check className="size-4" strokeWidth={2} aria-hidden="true" />
          Approve…
        </ButtonLink>
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
          />
        </div>
        <p className="text-sm leading-[18px] text-muted">
          Opening this page changed nothing. Approving takes one more step, rejecting or blocking is done at once.
        </p>
      </div>
      <CommentArea hint="optional, kept with a rejection or a block" />
    </PostForm>
  );
}
