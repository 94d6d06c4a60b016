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
import { absenceFormSchema } from "@/lib/users/schema";
import { endMyAbsence, setMyAbsence } from "@/lib/users/server-actions";

/** Somebody's approvals for a while in a colleague's hands. */
export function AbsenceCard({ absence, colleagues }: { absence: OwnAbsence | null; colleagues: readonly Colleague[] }) {
  return (
    <Card aria-labelledby="away">
      <CardHeader title="Away" id="away" />
      <CardBody className="grid gap-4 p-4">
        <p className="max-w-[60ch] text-muted">
          While you are away, a colleague is asked too about what you are asked. They decide in their own name, and the mail says for whom.
          You stay asked: the first answer counts.
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
          title: absence.hasBegun ? "Welcome back" : "Not away any more",
          children: "From now on you alone are asked.",
        });
      else toast.show({ tone: "stop", title: "Nothing was changed", children: outcome.detail });
      router.refresh();
    });
  return (
    <div className="grid gap-3 rounded-lg border border-line bg-inset px-4 py-3">
      <p className="wrap-anywhere">
        <b className="font-medium">{absence.colleague.name ?? absence.colleague.email}</b> {absence.hasBegun ? "is" : "will be"} asked for
        you from <Instant at={absence.startsAt} format="full" /> until <Instant at={absence.endsAt} format="full" />.
      </p>
      <div>
        <Button size="sm" isBusy={isEnding} busyLabel="Ending" onClick={end}>
          {absence.hasBegun ? "I am back" : "I am not going"}
        </Button>
      </div>
    </div>
  );
}

function NoColleagues() {
  return (
    <p className="rounded-md border border-line bg-inset px-3 py-2 text-muted">
      There is nobody to hand over to: a colleague is a member of one of your workspaces whose role may decide. Where you are asked by mail
      alone, an owner or admin of the workspace changes who is asked.
    </p>
  );
}

function AbsenceForm({ colleagues }: { colleagues: readonly Colleague[] }) {
  const router = useRouter();
  const toast = useToast();
  const form = useServerForm({
    schema: absenceFormSchema,
    defaultValues: { colleagueId: "", firstDay: "", lastDay: "" },
    // Whole days in the zone of whoever is away.
    submit: ({ colleagueId, firstDay, lastDay }) =>
      setMyAbsence({ colleagueId, startsAt: midnight(firstDay, 0), endsAt: midnight(lastDay, 1) }),
    onDone: () => {
      toast.show({ tone: "ok", title: "Handed over", children: "It holds for new runs, and for what waits when a reminder is due." });
      router.refresh();
    },
  });
  const chosen = colleagues.find(({ userId }) => userId === form.watch("colleagueId"));
  return (
    <Form form={form} className="grid max-w-[420px] gap-4" label="Away">
      <Field
        label="Colleague"
        name="colleagueId"
        hint={
          chosen === undefined
            ? "Members whose role may decide, in a workspace of yours."
            : `In ${new Intl.ListFormat("en-GB").format(chosen.workspaces)}. Elsewhere nobody is asked for you.`
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
      <SubmitRow form={form} label="Hand over" busyLabel="Handing over" variant="plain" />
    </Form>
  );
}

/** The beginning of a day, or of one after it, where the reader is. */
function midnight(day: string, later: number): string {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + later).toISOString();
}
