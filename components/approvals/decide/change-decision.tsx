import { ArrowLeft, Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { AnswersAs } from "@/components/approvals/answers-as";
import { checkedLabel } from "@/components/approvals/approve-labels";
import { ChangeFormFields } from "@/components/approvals/change/change-form-fields";
import { CHANGE_LABELS, REASON_HINT, REASON_MISSING } from "@/components/approvals/change/change-labels";
import { currentValues } from "@/components/approvals/change/current-values";
import { StepMarks } from "@/components/approvals/step-marks";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { CheckField } from "@/components/ui/check-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { DecideForm } from "./decide-form";
import { decidePath } from "./decide-path";

/** The second step of an answer with other values: the fields that may be changed, the reason, and the confirmation. */
export function ChangeDecision({
  decision,
  answer,
  token,
  notice,
}: {
  decision: DecisionView;
  answer: "approve" | "reject";
  token: string;
  notice?: ReactNode;
}) {
  const { verb, busy, effect } = CHANGE_LABELS[answer];
  const Icon = answer === "approve" ? Check : X;
  return (
    <>
      {notice}
      <StepMarks step={2} count={2} />
      <h1 className="text-xl tracking-title">{verb}?</h1>
      <p className="text-base text-muted">{effect}</p>
      <DecideForm action={decidePath(token, "answer")}>
        <input type="hidden" name="step" value="change" />
        <input type="hidden" name="payload_hash" value={decision.payloadHash} />
        <ChangeFormFields fields={decision.changeable} current={currentValues(decision)} />
        <TextArea
          id="comment"
          name="comment"
          label="Reason"
          hint={REASON_HINT}
          maxLength={COMMENT_MAX_LENGTH}
          isRequired
          missing={REASON_MISSING}
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
            variant={answer === "approve" ? "primary" : "plain"}
            icon={<Icon className="size-4 flex-none" strokeWidth={2} aria-hidden="true" />}
            label={verb}
            busyLabel={busy}
          />
        </div>
      </DecideForm>
    </>
  );
}
