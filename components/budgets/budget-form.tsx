"use client";

import { useRouter } from "next/navigation";
import { useEffect, useId } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CheckInput } from "@/components/ui/check-input";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { RadioCards } from "@/components/ui/radio-cards";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { type ServerForm, useServerForm } from "@/components/ui/use-server-form";
import type { TypedBudget } from "@/lib/budgets/schema";
import { submitEditedBudget, submitNewBudget } from "@/lib/budgets/server-actions";
import { BUDGET_EFFECTS, BUDGET_MEASURES, BUDGET_PERIODS, BUDGET_PERS } from "@/lib/domain/budgets/budget";
import { EFFECT_LABELS, MEASURE_LABELS, PER_LABELS, PERIOD_LABELS } from "./budget-labels";
import { budgetPath } from "./budget-paths";
import { BudgetPreview } from "./budget-preview";

type BudgetFormState = ServerForm<TypedBudget>;

/** A new budget, or the part of one that can change: what it counts stays, so that its ledger keeps its meaning. */
export function BudgetForm({
  workspaceId,
  id,
  start,
  actions,
  timeZones,
}: {
  workspaceId: string;
  /** null: a new one. */
  id: string | null;
  start: TypedBudget;
  actions: readonly { name: string; title: string }[];
  timeZones: readonly string[];
}) {
  const router = useRouter();
  const toast = useToast();
  const form: BudgetFormState = useServerForm({
    schema: () => import("@/lib/budgets/schema").then(({ newBudgetSchema }) => newBudgetSchema),
    guardsEdits: true,
    defaultValues: start,
    submit: (typed) => {
      const { name, countsAllActions, actions: names, limit, whenExceeded } = typed;
      return id === null
        ? submitNewBudget(workspaceId, typed)
        : submitEditedBudget(workspaceId, { id, name, countsAllActions, actions: names, limit, whenExceeded });
    },
    onDone: (created) => {
      toast.show({ tone: "ok", title: id === null ? "Budget created" : "Changes saved" });
      router.push(budgetPath(workspaceId, created.id));
      router.refresh();
    },
  });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,720px)_minmax(0,1fr)]">
      <Card>
        <CardBody>
          <Form form={form} className="grid gap-5" label={id === null ? "Create a budget" : "Edit the budget"}>
            <Field label="Name" name="name" className="max-w-96">
              <TextInput {...form.register("name")} placeholder="Refunds" autoComplete="off" />
            </Field>
            <CountedActions form={form} actions={actions} />
            {id === null ? <MeasureFields form={form} /> : null}
            <LimitFields form={form} isNew={id === null} timeZones={timeZones} />
            <RadioCards
              {...form.register("whenExceeded")}
              legend="Over the limit"
              columns={2}
              options={BUDGET_EFFECTS.map((value) => ({ value, title: EFFECT_LABELS[value].title, text: EFFECT_LABELS[value].text }))}
              defaultValue={start.whenExceeded}
            />
            <SubmitRow form={form} label={id === null ? "Create budget" : "Save changes"} busyLabel={id === null ? "Creating" : "Saving"} />
          </Form>
        </CardBody>
      </Card>
      <Card className="lg:sticky lg:top-4" aria-labelledby="preview">
        <CardHeader title="Summary" id="preview" />
        <CardBody>
          <BudgetPreview budget={form.watch()} actions={actions} />
        </CardBody>
      </Card>
    </div>
  );
}

function CountedActions({ form, actions }: { form: BudgetFormState; actions: readonly { name: string; title: string }[] }) {
  const [countsAll, chosen] = form.watch(["countsAllActions", "actions"]);
  return (
    <RadioCards
      name="actions"
      legend="Counted actions"
      columns={1}
      value={countsAll ? "all" : "some"}
      onChange={(event) => form.setValue("countsAllActions", event.target.value === "all", { shouldDirty: true, shouldTouch: true })}
      options={[
        { value: "all", title: "All actions", text: "Including actions registered later." },
        {
          value: "some",
          title: "Some actions",
          children: countsAll ? null : actions.length === 0 ? (
            <p className="text-muted">No actions are registered yet.</p>
          ) : (
            <div className="grid max-h-60 gap-1.5 overflow-y-auto">
              {actions.map(({ name, title }) => (
                <CheckInput
                  key={name}
                  checked={chosen.includes(name)}
                  onChange={({ target }) =>
                    form.setValue("actions", target.checked ? [...chosen, name] : chosen.filter((other) => other !== name), {
                      shouldDirty: true,
                      shouldValidate: form.formState.isSubmitted,
                    })
                  }
                  label={
                    <>
                      {title} <code className="font-mono text-xs wrap-anywhere text-muted">{name}</code>
                    </>
                  }
                />
              ))}
            </div>
          ),
        },
      ]}
    />
  );
}

function MeasureFields({ form }: { form: BudgetFormState }) {
  const per = form.watch("per");
  return (
    <>
      <RadioCards
        {...form.register("measure")}
        legend="Measure"
        columns={2}
        options={BUDGET_MEASURES.map((value) => ({ value, title: MEASURE_LABELS[value] }))}
        defaultValue="sum"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Separate limit for each" name="per">
          <SelectInput {...form.register("per")}>
            {BUDGET_PERS.map((value) => (
              <option key={value} value={value}>
                {PER_LABELS[value]}
              </option>
            ))}
          </SelectInput>
        </Field>
        {per === "field" ? (
          <Field label="Payload field" name="perField" hint="Such as customer.id. A run without it requires approval.">
            <TextInput
              {...form.register("perField")}
              isMono
              placeholder="customer.id"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
        ) : null}
      </div>
    </>
  );
}

function LimitFields({ form, isNew, timeZones }: { form: BudgetFormState; isNew: boolean; timeZones: readonly string[] }) {
  const zonesId = useId();
  const measure = form.watch("measure");
  const { getFieldState, setValue } = form;
  useEffect(() => {
    if (isNew && !getFieldState("timeZone").isDirty) setValue("timeZone", Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [isNew, getFieldState, setValue]);
  const limit = (
    <Field label="Limit" name="limit" className="min-w-0">
      <TextInput {...form.register("limit")} inputMode="decimal" placeholder={measure === "sum" ? "2000.00" : "20"} autoComplete="off" />
    </Field>
  );
  if (!isNew) return <div className="max-w-60">{limit}</div>;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        {limit}
        {measure === "sum" ? (
          <Field label="Currency" name="currency" hint="As written in payloads.">
            <TextInput {...form.register("currency")} placeholder="EUR" autoComplete="off" spellCheck={false} />
          </Field>
        ) : null}
        <Field label="Period" name="period" hint={<PeriodHint period={form.watch("period")} />}>
          <SelectInput {...form.register("period")}>
            {BUDGET_PERIODS.map((value) => (
              <option key={value} value={value}>
                {PERIOD_LABELS[value]}
              </option>
            ))}
          </SelectInput>
        </Field>
      </div>
      <Field label="Time zone" name="timeZone" className="max-w-96" hint="Determines when each period begins.">
        <TextInput {...form.register("timeZone")} list={zonesId} autoComplete="off" spellCheck={false} />
      </Field>
      <datalist id={zonesId}>
        {timeZones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

function PeriodHint({ period }: { period: TypedBudget["period"] }) {
  return period === "week" ? "Begins on Monday." : period === "month" ? "Begins on the first." : null;
}
