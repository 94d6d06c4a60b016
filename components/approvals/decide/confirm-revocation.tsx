import { ArrowLeft, Undo2 } from "lucide-react";
import { AnswersAs } from "@/components/approvals/answers-as";
import { REVOKE_LABELS } from "@/components/approvals/decision-labels";
import { StepMarks } from "@/components/approvals/step-marks";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { CheckField } from "@/components/ui/check-field";
import { FactList } from "@/components/ui/fact-list";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { DecideForm } from "./decide-form";
import { decidePath } from "./decide-path";
import type { RunSummary } from "./earlier-decision";
import { SummaryFact } from "./summary-fact";

/** The second step of revoking an approval, which stops robots that follow links. `isPending`: other approvals are still missing. */
export function ConfirmRevocation({ summary, token, isPending }: { summary: RunSummary; token: string; isPending: boolean }) {
  return (
    <>
      <StepMarks step={2} count={2} />
      <h1 className="text-xl tracking-title">Revoke your approval?</h1>
      <FactList>
        <SummaryFact summary={summary} />
      </FactList>
      <DecideForm action={decidePath(token, "answer")}>
        <TextArea id="comment" name="comment" label="Comment" hint="Optional. Saved in the receipt." maxLength={COMMENT_MAX_LENGTH} />
        <CheckField name="confirm" value="yes" label={isPending ? "I no longer approve this" : "This must not run"} />
        <AnswersAs email={summary.approverEmail} />
        <div className="grid grid-cols-[1fr_2fr] gap-2.5">
          <ButtonAnchor href={decidePath(token)} size="touch">
            <ArrowLeft className="size-4" strokeWidth={2} aria-hidden="true" />
            Keep approval
          </ButtonAnchor>
          <SubmitButton
            name="decision"
            value="revoke"
            variant="danger"
            icon={<Undo2 className="size-4 flex-none" strokeWidth={2} aria-hidden="true" />}
            label={REVOKE_LABELS.verb}
            busyLabel={REVOKE_LABELS.busy}
          />
        </div>
      </DecideForm>
      <p className="text-base text-muted">
        {isPending ? REVOKE_LABELS.pendingEffect : `${REVOKE_LABELS.effect} If the app claims it first, the approval stands.`}
      </p>
    </>
  );
}
