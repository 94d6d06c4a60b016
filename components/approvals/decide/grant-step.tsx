import { ArrowLeft, Check, TriangleAlert } from "lucide-react";
import { AnswersAs } from "@/components/approvals/answers-as";
import { GRANT_CHECKED_LABEL } from "@/components/approvals/approve-labels";
import { DecisionStakes } from "@/components/approvals/decision-stakes";
import { StepMarks } from "@/components/approvals/step-marks";
import { GrantFields } from "@/components/grants/grant-fields";
import { GrantNote } from "@/components/grants/grant-note";
import { ButtonAnchor } from "@/components/ui/button-anchor";
import { CheckField } from "@/components/ui/check-field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { MAX_GRANT_DAYS, MAX_GRANT_USES } from "@/lib/domain/grants/grant";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import type { GrantOffer } from "@/lib/grants/offer-grant";
import { GRANT_ANSWER } from "@/lib/grants/schema";
import { DecideForm } from "./decide-form";
import { decidePath } from "./decide-path";

/** What each refused field takes. The page is loaded anew, with or without a script. */
const REFUSED: Readonly<Record<string, string>> = {
  facts: "Select at least one thing that must be the same.",
  amountEach: "The amount per run must be a plain number above 0, such as 500.00.",
  total: "The total must be a plain number, and not less than the amount per run.",
  maxUses: `The number of runs must be a whole number from 1 to ${MAX_GRANT_USES}.`,
  until: `The day must be today or later, and within ${MAX_GRANT_DAYS} days.`,
  answer: "Select the checkbox below.",
};

/** The second step of an approval that also allows the same again. Works without a script. */
export function GrantStep({
  decision,
  offer,
  token,
  now,
  refused,
}: {
  decision: DecisionView;
  offer: GrantOffer;
  token: string;
  now: number;
  refused: string | string[] | undefined;
}) {
  const why = typeof refused === "string" ? REFUSED[refused] : undefined;
  return (
    <>
      {why === undefined ? null : (
        <Notice size="lg" tone="wait" icon={TriangleAlert} title="Not approved yet.">
          {why} Nothing was recorded.
        </Notice>
      )}
      <StepMarks step={2} count={2} />
      <h1 className="text-xl tracking-title">Approve this, and the same until a day you choose?</h1>
      <DecisionStakes decision={decision} />
      <DecideForm action={decidePath(token, "answer")}>
        <GrantFields offer={offer} now={now} errors={{}} size="lg" />
        <GrantNote needsConfirmation={offer.needsConfirmation} />
        <TextArea id="comment" name="comment" label="Comment" hint="Optional. Saved in the receipt." maxLength={COMMENT_MAX_LENGTH} />
        <CheckField name="confirm" value="yes" label={GRANT_CHECKED_LABEL} />
        <AnswersAs email={decision.approverEmail} />
        <div className="flex flex-col-reverse gap-2.5 sm:grid sm:grid-cols-[1fr_2fr]">
          <ButtonAnchor href={decidePath(token)} size="touch">
            <ArrowLeft className="size-4" strokeWidth={2} aria-hidden="true" />
            Back
          </ButtonAnchor>
          <SubmitButton
            name="decision"
            value={GRANT_ANSWER}
            variant="primary"
            icon={<Check className="size-4 flex-none" strokeWidth={2} aria-hidden="true" />}
            label="Approve this and the same"
            busyLabel="Approving"
          />
        </div>
      </DecideForm>
    </>
  );
}
