import { ArrowLeft, Ban, Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { AnswersAs } from "@/components/approvals/answers-as";
import { approveLabel, checkedLabel } from "@/components/approvals/approve-labels";
import { ChangedNotice } from "@/components/approvals/change/changed-notice";
import { COMMENT_MISSING, DECISION_LABELS } from "@/components/approvals/decision-labels";
import { DecisionStakes } from "@/components/approvals/decision-stakes";
import { StepMarks } from "@/components/approvals/step-marks";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { CheckField } from "@/components/ui/check-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import type { Decision } from "@/lib/domain/runs/statuses";
import { possessive } from "@/lib/domain/text/possessive";
import { isLastNeeded } from "@/lib/words/approvals-messages";
import { DecideForm } from "./decide-form";
import { decidePath } from "./decide-path";

const ICONS = { approve: Check, reject: X, block: Ban } as const;
const VARIANTS = { approve: "primary", reject: "plain", block: "danger" } as const;

/** The second step, which stops robots that follow links and press the first button. */
export function ConfirmDecision({
  decision,
  answer,
  token,
  notice,
}: {
  decision: DecisionView;
  answer: Decision;
  token: string;
  notice?: ReactNode;
}) {
  const { verb, busy, effect } = DECISION_LABELS[answer];
  const Icon = ICONS[answer];
  const needsComment = answer === "reject" && decision.action.requiresRejectComment;
  return (
    <>
      {notice}
      <StepMarks step={2} count={2} />
      <h1 className="text-xl tracking-title">{verb} this action?</h1>
      <DecisionStakes decision={decision} />
      <ChangedNotice decision={decision} size="lg" />
      <DecideForm action={decidePath(token, "answer")}>
        {answer === "approve" ? <input type="hidden" name="payload_hash" value={decision.payloadHash} /> : null}
        <CommentArea
          hint={needsComment ? "Required to reject. Saved in the receipt." : "Optional. Saved in the receipt."}
          isRequired={needsComment}
        />
        <CheckField name="confirm" value="yes" label={answer === "approve" ? checkedLabel(decision) : "I have read the request"} />
        <AnswersAs email={decision.approverEmail} />
        <div className="grid grid-cols-[1fr_2fr] gap-2.5">
          <ButtonAnchor href={decidePath(token)} size="touch">
            <ArrowLeft className="size-4" strokeWidth={2} aria-hidden="true" />
            Back
          </ButtonAnchor>
          <SubmitButton
            name="decision"
            value={answer}
            variant={VARIANTS[answer]}
            icon={<Icon className="size-4 flex-none" strokeWidth={2} aria-hidden="true" />}
            label={answer === "approve" ? approveLabel(decision.amount) : verb}
            busyLabel={busy}
          />
        </div>
      </DecideForm>
      <p className="text-base text-muted">
        {decision.isTest
          ? "This is a test from the console. Nothing runs, whatever you decide."
          : answer === "approve"
            ? approveEffect(decision)
            : `${effect} A decision can’t be changed.`}
      </p>
    </>
  );
}

function approveEffect({ approvals, workspace }: DecisionView): string {
  if (approvals !== null && !isLastNeeded(approvals))
    return "The run stays pending until the other approvals are given. You can revoke yours until then.";
  return `${possessive(workspace.clientName)} app may then run it once. The console never runs it.`;
}

function CommentArea({ hint, isRequired = false }: { hint: string; isRequired?: boolean }) {
  return (
    <TextArea
      id="comment"
      name="comment"
      label="Comment"
      hint={hint}
      maxLength={COMMENT_MAX_LENGTH}
      isRequired={isRequired}
      missing={COMMENT_MISSING}
    />
  );
}
