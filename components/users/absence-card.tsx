"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Form, SubmitRow } from "@/components/ui/form";
import { Instant } from "@/components/ui/instant";
import { SelectInput } from "@/components/ui/select-input";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { useServerForm } from "@/components/ui/use-server-form";
import type { OwnAbsence } from "@/lib/users/get-absence";
import type { Colleague } from "@/lib/users/list-colleagues";
import { endMyAbsence, setMyAbsence } from "@/lib/users/server-actions";

/** Hands a person's approvals to a colleague for a while. */
export function AbsenceCard({ absence, colleagues }: { absence: OwnAbsence | null; colleagues: readonly Colleague[] }) {
  return (
    <Card aria-labelledby="away">
      <CardHeader title="Out of office" id="away" />
      <CardBody className="grid gap-4 p-4">
        <p className="max-w-[60ch] text-muted">
          While you’re out of office, a colleague also gets your approval requests. They decide in their own name, and the email says on
          whose behalf. You can still decide too. The first decision counts.
        </p>
        {absence !== null ? (
          <PresentAbsence absence={absence} />
        ) : colleagues.length === 0 ? (
          <NoColleagues />
        ) : (
          <AbsenceForm colleagues={colleagues} />
        )}
      </CardBody>
    </Card>
  );
}

function PresentAbsence({ absence }: { absence: OwnAbsence }) {
  const router = useRouter();
  const toast = useToast();
  const [isEnding, startEnding] = useTransition();
  const end = () =>
    startEnding(async () => {
      const outcome = await endMyAbsence({});
      if (outcome.ok)
        toast.show({
          tone: "ok",
          title: absence.hasBegun ? "Out of office ended" : "Out of office canceled",
          children: "Your colleague no longer gets your approval requests.",
        });
      else toast.show({ tone: "stop", title: "Nothing was changed", children: outcome.detail });
      router.refresh();
    });
  return (
    <div className="grid gap-3 rounded-lg border border-line bg-inset px-4 py-3">
      <p className="wrap-anywhere">
        <b className="font-medium">{absence.colleague.name ?? absence.colleague.email}</b>{" "}
        {absence.hasBegun ? "also gets" : "will also get"} your approval requests from <Instant at={absence.startsAt} format="full" /> until{" "}
        <Instant at={absence.endsAt} format="full" />.
      </p>
      <div>
        <Button size="sm" isBusy={isEnding} busyLabel="Ending" onClick={end}>
          {absence.hasBegun ? "End now" : "Cancel"}
        </Button>
      </div>
    </div>
  );
}

function NoColleagues() {
  return (
    <p className="rounded-md border border-line bg-inset px-3 py-2 text-muted">
      There’s nobody to delegate to. You need a colleague in one of your workspaces whose role can decide. Where you’re an approver by email
      only, ask an owner or admin of the workspace to change the approvers.
    </p>
  );
}

function AbsenceForm({ colleagues }: { colleagues: readonly Colleague[] }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: () => import("@/lib/users/schema").then(({ absenceFormSchema }) => absenceFormSchema),
    defaultValues: { colleagueId: "", firstDay: "", lastDay: "" },
    // Whole days in the absent person's time zone.
    submit: ({ colleagueId, firstDay, lastDay }) =>
      setMyAbsence({ colleagueId, startsAt: midnight(firstDay, 0), endsAt: midnight(lastDay, 1) }),
    onDone: () => {
      toast.show({
        tone: "ok",
        title: "Out of office set",
        children: "Applies to new runs, and to pending runs when their next reminder is due.",
      });
      router.refresh();
    },
  });
  const chosen = colleagues.find(({ userId }) => userId === form.watch("colleagueId"));
  return (
    <Form form={form} className="grid max-w-[420px] gap-4" label="Out of office">
      <Field
        label="Delegate to"
        name="colleagueId"
        hint={
          chosen === undefined
            ? "Members of your workspaces whose role can decide."
            : `Covers ${new Intl.ListFormat("en-GB").format(chosen.workspaces)}. Requests from other workspaces still go only to you.`
        }
      >
        <SelectInput {...form.register("colleagueId")}>
          <option value="">Choose a colleague</option>
          {colleagues.map(({ userId, name, email }) => (
            <option key={userId} value={userId}>
              {name === null ? email : `${name} (${email})`}
            </option>
          ))}
        </SelectInput>
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="First day" name="firstDay">
          <TextInput {...form.register("firstDay")} type="date" />
        </Field>
        <Field label="Last day" name="lastDay">
          <TextInput {...form.register("lastDay")} type="date" />
        </Field>
      </div>
      <SubmitRow form={form} label="Set out of office" busyLabel="Saving" variant="plain" />
    </Form>
  );
}

/** The beginning of a day, or of one after it, where the reader is. */
function midnight(day: string, later: number): string {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + later).toISOString();
}
