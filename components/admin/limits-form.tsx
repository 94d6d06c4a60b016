"use client";

import { useRouter } from "next/navigation";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import { LIMIT_NAMES, type LimitName, type Limits, type Plan } from "@/lib/domain/access/limits";
import { submitLimits } from "@/lib/limits/server-actions";

const LABELS: Record<LimitName, string> = {
  activeWorkspaces: "Active workspaces",
  activeActionsPerWorkspace: "Active actions in each workspace",
  runsPerMonth: "Action runs per month",
  emailsPerMonth: "Approval emails per month",
  interceptsPerMinute: "Intercepts per minute, per API key",
  interceptsPerDay: "Intercepts per day, per API key",
};

/** The plan of one account and what differs from it. An empty field is the plan's. */
export function LimitsForm({
  userId,
  plan,
  settingsPlan,
  overrides,
  planLimits,
}: {
  userId: string;
  plan: Plan | null;
  settingsPlan: Plan;
  overrides: Partial<Limits>;
  planLimits: Record<Plan, Limits>;
}) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/limits/schema").then(({ changeLimitsSchema }) => changeLimitsSchema),
    guardsEdits: true,
    defaultValues: { userId, plan: plan ?? "settings", limits: textsOf(overrides) },
    submit: submitLimits,
    onDone: () => {
      toast.show({ tone: "ok", title: "Limits saved.", children: "They apply from the next request." });
      router.refresh();
    },
  });
  const chosen = form.watch("plan");
  const limits = planLimits[chosen === "settings" ? settingsPlan : chosen];
  return (
    <Form form={form} className="grid gap-4 p-4" label="Plan and limits">
      <Field label="Plan" name="plan">
        <SelectInput {...form.register("plan")}>
          <option value="settings">Console default ({settingsPlan})</option>
          <option value="free">free</option>
          <option value="unlimited">unlimited</option>
        </SelectInput>
      </Field>
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        {LIMIT_NAMES.map((name) => (
          <Field key={name} label={LABELS[name]} name={`limits.${name}`} isOptional>
            <TextInput
              {...form.register(`limits.${name}`)}
              inputMode="text"
              autoComplete="off"
              placeholder={`Plan limit: ${limits[name]?.toLocaleString("en-US") ?? "unlimited"}`}
            />
          </Field>
        ))}
      </div>
      <p className="text-xs text-muted">
        Enter a whole number or the word unlimited. Leave a field empty to use the plan limit. Changes are recorded in the audit log.
      </p>
      <SubmitRow form={form} label="Save limits" busyLabel="Saving" />
    </Form>
  );
}

function textsOf(overrides: Partial<Limits>): Record<LimitName, string> {
  const text = (value: number | null | undefined) => (value === undefined ? "" : value === null ? "unlimited" : String(value));
  return Object.fromEntries(LIMIT_NAMES.map((name) => [name, text(overrides[name])])) as Record<LimitName, string>;
}
