import type { ReactNode } from "react";
import { ArrowLeft, Check } from "lucide-react";
import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { AmountFact } from "@/components/approvals/amount-fact";
import { approveLabel, checkedLabel } from "@/components/approvals/approve-labels";
import { CommentArea } from "@/components/approvals/comment-area";
import { RecipientFact } from "@/components/approvals/recipient-fact";
import { hasAmountLine, hasRecipientLine } from "@/components/approvals/stakes";
import { StepMarks } from "@/components/approvals/step-marks";
import { decidePath } from "@/components/approvals/decide-path";
import { ButtonLink } from "@/components/ui/button-link";
import { CheckField } from "@/components/ui/check-field";
import { Fact, FactList } from "@/components/ui/fact-list";
import { PostForm } from "@/components/ui/post-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DecisionView } from "@/lib/approvals/decision-view";

/** The second step, which a robot that follows links and presses the first button does not get through. */
export function ConfirmApproval({ decision, token, notice }: { decision: DecisionView; token: string; notice?: ReactNode }) {
  return (
    <>
      {notice}
      <StepMarks step={2} count={2} />
      <h1 className="text-xl tracking-title">Approve this action?</h1>
      <FactList>
        {hasAmountLine(decision) ? <AmountFact amount={decision.amount} /> : null}
        {hasRecipientLine(decision) ? <RecipientFact recipient={decision.recipient} /> : null}
        <Fact label={decision.action.title}>
          <span className="block first-letter:uppercase">
            <LongText text={decision.sentence} />
          </span>
          <TextWarnings text={decision.sentence} />
        </Fact>
      </FactList>
      <PostForm action={decidePath(token, "answer")}>
        <CommentArea hint="optional, kept in the receipt" />
        <CheckField name="confirm" value="yes" label={checkedLabel(decision)} />
        <div className="grid grid-cols-[1fr_2fr] gap-2.5">
          <ButtonLink href={decidePath(token)} size="touch" isPlain>
            <ArrowLeft className="size-4" strokeWidth={2} aria-hidden="true" />
            Back
          </ButtonLink>
          <SubmitButton
            name="decision"
            value="approve"
            variant="primary"
            icon={<Check className="size-4 flex-none" strokeWidth={2} aria-hidden="true" />}
            label={approveLabel(decision.amount)}
            busyLabel="Approving"
          />
        </div>
      </PostForm>
      <p className="text-base text-muted">
        Then the app of {decision.workspace.clientName} may run it once. The console runs nothing itself.
      </p>
    </>
  );
}
