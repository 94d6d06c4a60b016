"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { LateBacktestCard } from "@/components/backtests/late-backtest-card";
import { LateRunInShadowButton } from "@/components/shadow-policies/late-run-in-shadow-button";
import { ButtonLink } from "@/components/ui/button-link";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { Late } from "@/components/ui/late";
import { RadioCards } from "@/components/ui/radio-cards";
import { TextAreaInput } from "@/components/ui/text-area-input";
import { useToast } from "@/components/ui/toast";
import { actionPath, actionsPath } from "@/lib/domain/policy/action-paths";
import type { ActionTemplate } from "@/lib/domain/policy/action-templates";
import { DEFAULT_APPROVAL_VALID_MINUTES } from "@/lib/domain/policy/approval-steps";
import type { PolicyType } from "@/lib/domain/policy/policy-types";
import type { ProposedPolicy } from "@/lib/domain/policy/propose-policy";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import type { SeenField } from "@/lib/domain/policy/rules/seen-fields";
import { suggestActionName } from "@/lib/domain/policy/suggest-action-name";
import { joinDuration } from "@/lib/domain/time/duration-text";
import type { TypedAction } from "@/lib/registered-actions/form-schema";
import type { ActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import { changesTypedDecisions, typedAsked, typedStages } from "@/lib/registered-actions/typed-action";
import { PROPOSED_TOAST } from "@/lib/words/proposal-messages";
import { AdvancedFields } from "./advanced-fields";
import { ApprovalFields } from "./approval-fields";
import { FormSection } from "./form-section";
import { NameFields } from "./name-fields";
import { PolicyField } from "./policy-field";
import { ReadingFields } from "./reading-fields";
import { SeenFields } from "./seen-fields";
import { SuggestPolicyDialog } from "./suggest-policy-dialog";
import { TemplateRow } from "./template-row";
import { TryIt } from "./try-it";
import { lateConflictNotice, useActionForm } from "./use-action-form";
import { type FirstTrial, useSample } from "./use-sample";
import { useTypedField } from "./use-typed-field";

const NONE: readonly never[] = [];
const OPTIONS = RISK_LEVELS.map((level) => ({ value: level, title: <RiskMark level={level} isShort /> }));

/** Registers an action, or changes one: the fields at the left, what they do at the right. */
export function ActionForm({
  workspaceId,
  start,
  actionId,
  defaults,
  mayName,
  needsAnotherPerson = false,
  shadowedBy = null,
  firstTrial,
  seenFields = NONE,
  templates = NONE,
  isFromSetup = false,
}: {
  workspaceId: string;
  start: TypedAction;
  /** Of the action that is edited; null for a new one. */
  actionId: string | null;
  defaults: ActionDefaults;
  /** Whether they may change the approvers. */
  mayName: boolean;
  /** The workspace asks for a second person before a change of what is decided. */
  needsAnotherPerson?: boolean;
  /** Who started the shadow policy that runs; null: none does. */
  shadowedBy?: string | null;
  firstTrial: FirstTrial;
  /** Payload fields of runs that were proposed, which rules can name. */
  seenFields?: readonly SeenField[];
  /** What a new action can start from. From the server, so that nobody loads them to edit an action. */
  templates?: readonly ActionTemplate[];
  /** It was opened from Setup, and leads back to its next step. */
  isFromSetup?: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const isNew = actionId === null;
  const { form, conflict } = useActionForm({
    workspaceId,
    start,
    onDone(name, proposalId) {
      toast.show(proposalId === null ? { tone: "ok", title: isNew ? `${name} registered` : `${name} saved` } : PROPOSED_TOAST);
      if (isFromSetup) return router.push(`/workspaces/${workspaceId}/setup#next`);
      // A new action called like this page is found in the list.
      router.push(isNew && name === "new" ? actionsPath(workspaceId) : actionPath(workspaceId, { id: actionId ?? "", name }));
    },
  });
  const [proposed, setProposed] = useState<PolicyType | null>(null);
  const typed = useWatch({ control: form.control }) as TypedAction;
  const sample = useSample(typed, firstTrial, defaults.windowMinutes);
  const isProposal = needsAnotherPerson && changesTypedDecisions(start, typed);
  const [label, busyLabel] = isNew
    ? ["Register action", "Registering"]
    : isProposal
      ? ["Propose change", "Proposing"]
      : ["Save changes", "Saving"];

  const take = ({ type, threshold, riskLevel }: ProposedPolicy) => {
    const options = { shouldDirty: true, shouldTouch: true };
    form.setValue("policy.type", type, options);
    if (threshold !== null) form.setValue("policy.threshold", threshold, { ...options, shouldValidate: true });
    form.setValue("riskLevel", riskLevel, options);
    setProposed(type);
  };

  const startFrom = (template: ActionTemplate) => {
    const { title, description, riskLevel, sentence, recipientField, policy } = template;
    const options = { shouldDirty: true, shouldTouch: true };
    const fields = {
      title,
      name: suggestActionName(title),
      description,
      riskLevel,
      sentence,
      recipientField: recipientField ?? "",
    } as const;
    for (const [name, value] of Object.entries(fields)) form.setValue(name as keyof typeof fields, value, options);
    form.setValue("policy.type", policy.type, options);
    form.setValue("policy.threshold", policy.threshold ?? "", options);
    form.setValue("policy.amountField", policy.amountField ?? start.policy.amountField, options);
    form.clearErrors();
    sample.setPayload(template.sample);
    setProposed(null);
  };

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(320px,392px)]">
      <Form form={form} className="grid max-w-[720px] gap-7" label={isNew ? "Register an action" : "Edit action"} takesFocus={isNew}>
        {conflict === null ? null : <Late of={lateConflictNotice} props={{ conflict }} />}
        {templates.length === 0 ? null : <TemplateRow templates={templates} onUse={startFrom} />}
        <FormSection title="Action">
          <NameFields workspaceId={workspaceId} isNew={isNew} />
          <Field label="Description" name="description" isOptional hint="What it does and when. Shown to approvers.">
            <TextAreaInput {...form.register("description")} defaultValue={start.description} rows={2} />
          </Field>
          <RiskField />
        </FormSection>
        <FormSection title="Policy" action={<SuggestPolicyDialog startAmount={typed.policy.threshold} onUse={take} />}>
          <SeenFields value={seenFields}>
            <PolicyField proposed={proposed} groups={defaults.groups} mayName={mayName} />
          </SeenFields>
        </FormSection>
        <FormSection title="Approval">
          <ApprovalFields
            defaults={defaults}
            mayName={mayName}
            isInStages={typedStages(start) !== null}
            isTimingSet={hasOwnTiming(start)}
            edited={isNew ? null : { workspaceId, name: start.name }}
          />
        </FormSection>
        <FormSection title="Display">
          <ReadingFields paths={sample.paths} preview={sample.sentence} />
        </FormSection>
        <AdvancedFields isOpen={start.autoReleasesClaims} />
        <div className="grid gap-4 border-t border-line pt-5">
          {isProposal ? (
            <Field
              label="Comment"
              name="comment"
              isOptional
              hint="For the owner or admin who confirms the change. Until then, nothing changes."
            >
              <TextAreaInput {...form.register("comment")} rows={2} />
            </Field>
          ) : null}
          <SubmitRow form={form} label={label} busyLabel={busyLabel}>
            {isNew || !sample.isCurrent ? null : (
              <LateRunInShadowButton
                workspaceId={workspaceId}
                name={start.name}
                draft={sample.draft}
                replacedOf={shadowedBy}
                href={actionPath(workspaceId, { id: actionId, name: start.name })}
              />
            )}
            <ButtonLink
              href={
                isFromSetup
                  ? `/workspaces/${workspaceId}/setup`
                  : actionId === null
                    ? actionsPath(workspaceId)
                    : actionPath(workspaceId, { id: actionId, name: start.name })
              }
              variant="ghost"
            >
              Cancel
            </ButtonLink>
            {isNew && defaults.activeActionsLimit !== null ? (
              <span className="ml-auto text-xs text-muted tabular-nums">
                {defaults.activeActions} of {defaults.activeActionsLimit} active actions used
              </span>
            ) : null}
          </SubmitRow>
        </div>
      </Form>
      <div className="grid gap-6 lg:sticky lg:top-[72px] lg:max-h-[calc(100dvh-88px)] lg:overflow-y-auto">
        <TryIt sample={sample} stagesOf={(asking) => typedAsked(typed, asking, defaults.approverEmails)} />
        {isNew || !sample.isCurrent ? null : <LateBacktestCard workspaceId={workspaceId} name={start.name} draft={sample.draft} />}
      </div>
    </div>
  );
}

/** Whether it differs from a new action in when people are asked, and how long their approval lasts. */
function hasOwnTiming({ windowCount, validCount, validUnit, coolDownCount, escalationEmails }: TypedAction): boolean {
  const isUsualValidity = joinDuration(Number(validCount), validUnit) === DEFAULT_APPROVAL_VALID_MINUTES;
  return windowCount !== "" || !isUsualValidity || coolDownCount !== "" || escalationEmails.length > 0;
}

function RiskField() {
  const field = useTypedField();
  return (
    <RadioCards
      {...field.text("riskLevel")}
      legend="Risk"
      hint="How bad a mistake would be. Used to sort the queue, not to decide."
      columns={4}
      options={OPTIONS}
    />
  );
}
