"use client";

import { useRouter } from "next/navigation";
import { Controller } from "react-hook-form";
import { CheckInput } from "@/components/ui/check-input";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { SelectInput } from "@/components/ui/select-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { ESCALATION_PERCENTS, REMINDER_MIN_WINDOW_MINUTES } from "@/lib/domain/policy/approval-steps";
import type { WorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";
import { routingFormSchema } from "@/lib/workspaces/schema";
import { saveRouting } from "@/lib/workspaces/server-actions";
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
    schema: routingFormSchema,
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
        children: "Approvers and time hold for the next run. What waits already keeps its own.",
      });
      router.refresh();
    },
  });
  return (
    <Form form={form} className="grid gap-5" label="Approval routing">
      <AddressRows mayChange={mayChange} whenEmpty={`Nobody is named, so the owner, ${ownerEmail}, is asked.`} />
      <Field
        label="Time to decide"
        name="approvalWindowMinutes"
        isOptional
        hint={`A link works that long; then the run is rejected. Left empty, the console’s own time holds: ${consoleWindow}.`}
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
          label="Remind at half-time"
          hint="Everybody who was asked gets the mail again, when half of the time is over and there is no answer yet."
        />
        <CheckInput
          {...form.register("remindsNearEnd")}
          defaultChecked={routing.remindsNearEnd}
          label="Remind near the end"
          hint={`The same when a tenth of the time is left. With less than ${REMINDER_MIN_WINDOW_MINUTES} minutes to decide, nobody is reminded.`}
        />
      </fieldset>
      <div className="grid gap-3 border-t border-line pt-5">
        <AddressRows
          name="escalation"
          mayChange={mayChange}
          whenEmpty="Nobody: a run without an answer is rejected when its time is over."
        />
        <Field
          label="Asked after"
          name="escalationPercent"
          hint="The part of the time that passes without an answer before they are asked, too. The first ones stay asked."
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
                    {percent}% of the time
                  </option>
                ))}
              </SelectInput>
            )}
          />
        </Field>
      </div>
      {mayChange ? <SubmitRow form={form} label="Save routing" busyLabel="Saving" /> : null}
    </Form>
  );
}

function rowsOf(emails: readonly string[]) {
  return emails.map((email) => ({ email }));
}
