"use client";

import { useRouter } from "next/navigation";
import { Controller, useWatch } from "react-hook-form";
import { DroppedApproversNotice } from "@/components/approvals/dropped-approvers-notice";
import { CheckInput } from "@/components/ui/check-input";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { SelectInput } from "@/components/ui/select-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { ESCALATION_PERCENTS, REMINDER_MIN_WINDOW_MINUTES } from "@/lib/domain/policy/approval-steps";
import type { WorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";
import { lookAtDroppedByRouting, saveRouting } from "@/lib/workspaces/server-actions";
import { AddressRows } from "./address-rows";
import { DurationInput } from "./duration-input";

export type ShownRouting = Pick<
  WorkspaceSettings,
  "approverEmails" | "approvalWindowMinutes" | "escalationEmails" | "escalationPercent" | "remindsAtHalf" | "remindsNearEnd"
>;

export function RoutingForm({
  workspaceId,
  routing,
  ownerEmail,
  consoleWindow,
  mayChange,
}: {
  workspaceId: string;
  routing: ShownRouting;
  ownerEmail: string;
  /** "1 day": what holds when the field is empty. */
  consoleWindow: string;
  mayChange: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/workspaces/schema").then(({ routingFormSchema }) => routingFormSchema),
    guardsEdits: true,
    defaultValues: {
      approvers: rowsOf(routing.approverEmails),
      approvalWindowMinutes: routing.approvalWindowMinutes,
      escalation: rowsOf(routing.escalationEmails),
      escalationPercent: ESCALATION_PERCENTS.find((percent) => percent === routing.escalationPercent) ?? 75,
      remindsAtHalf: routing.remindsAtHalf,
      remindsNearEnd: routing.remindsNearEnd,
    },
    submit: (values) => saveRouting(workspaceId, values),
    onDone: () => {
      toast.show({
        tone: "ok",
        title: "Approval routing saved",
        children: "Applies to new runs. Pending runs keep their deadline, and the approvers who are still listed.",
      });
      router.refresh();
    },
  });
  const [approvers, escalation] = useWatch({ control: form.control, name: ["approvers", "escalation"] });
  return (
    <Form form={form} className="grid gap-5" label="Approval routing">
      <AddressRows mayChange={mayChange} whenEmpty={`No approvers yet, so the owner, ${ownerEmail}, is asked.`} />
      <Field
        label="Approval window"
        name="approvalWindowMinutes"
        isOptional
        hint={`How long approvers have before the run is rejected. Leave empty to use the console default (${consoleWindow}).`}
        className="max-w-80"
      >
        <Controller
          control={form.control}
          name="approvalWindowMinutes"
          render={({ field }) => (
            <DurationInput value={field.value} onChange={field.onChange} isReadOnly={!mayChange} placeholder={consoleWindow} />
          )}
        />
      </Field>
      <fieldset className="grid gap-3 border-t border-line pt-5" disabled={!mayChange}>
        <legend className="sr-only">Reminders</legend>
        <CheckInput
          {...form.register("remindsAtHalf")}
          defaultChecked={routing.remindsAtHalf}
          label="Remind halfway"
          hint="Resends the email to all approvers if nobody has decided when half of the window has passed."
        />
        <CheckInput
          {...form.register("remindsNearEnd")}
          defaultChecked={routing.remindsNearEnd}
          label="Remind near the end"
          hint={`Resends it when a tenth of the window is left. Windows shorter than ${REMINDER_MIN_WINDOW_MINUTES} minutes have no reminders.`}
        />
      </fieldset>
      <div className="grid gap-3 border-t border-line pt-5">
        <AddressRows name="escalation" mayChange={mayChange} whenEmpty="None. If nobody decides in time, the run is rejected." />
        <Field
          label="Escalate after"
          name="escalationPercent"
          hint="How much of the window passes before escalation contacts are also asked. The approvers can still decide."
          className="max-w-80"
        >
          <Controller
            control={form.control}
            name="escalationPercent"
            render={({ field }) => (
              <SelectInput
                value={field.value}
                onBlur={field.onBlur}
                disabled={!mayChange}
                onChange={(event) => field.onChange(Number(event.target.value))}
              >
                {ESCALATION_PERCENTS.map((percent) => (
                  <option key={percent} value={percent}>
                    {percent}% of the window
                  </option>
                ))}
              </SelectInput>
            )}
          />
        </Field>
      </div>
      {mayChange ? (
        <DroppedApproversNotice
          saved={[...routing.approverEmails, ...routing.escalationEmails]}
          current={[...approvers, ...escalation].map(({ email }) => email)}
          look={() => lookAtDroppedByRouting(workspaceId, { approvers, escalation })}
        />
      ) : null}
      {mayChange ? <SubmitRow form={form} label="Save routing" busyLabel="Saving" /> : null}
    </Form>
  );
}

function rowsOf(emails: readonly string[]) {
  return emails.map((email) => ({ email }));
}
