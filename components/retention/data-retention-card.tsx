"use client";

import { CalendarClock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { MAX_KEPT_DAYS, MIN_KEPT_DAYS } from "@/lib/domain/access/limits";
import { refuse } from "@/lib/domain/refusals/refusal";
import { countRunsPastRetention, saveDataRetention } from "@/lib/retention/server-actions";
import { counted } from "@/lib/words/counted";
import { KEPT_DAYS_RULE } from "@/lib/words/kept-days-rule";

const SUGGESTED_DAYS = "30";

/** Whether and when the personal data of runs is erased without anyone doing it. */
export function DataRetentionCard({
  workspaceId,
  workspaceName,
  retention,
  mayChange,
}: {
  workspaceId: string;
  workspaceName: string;
  retention: { keptDays: number; setBy: string } | null;
  mayChange: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [typed, setTyped] = useState(retention ? String(retention.keptDays) : SUGGESTED_DAYS);
  const keptDays = readDays(typed);

  const save = async (days: number | null) => {
    const outcome = await saveDataRetention(workspaceId, { keptDays: days });
    if (outcome.ok) {
      toast.show({
        tone: "ok",
        title: days === null ? "Automatic erasure turned off" : `Personal data is erased after ${counted(days, "day")}`,
        children: days === null ? "Personal data stays until an owner erases it." : "Starts the next night, before 04:00 UTC.",
      });
      router.refresh();
    }
    return outcome;
  };

  return (
    <Card aria-labelledby="retention-title">
      <CardHeader title="Personal data" id="retention-title" />
      <CardBody className="grid gap-3 p-4">
        <p className="max-w-[72ch] text-muted wrap-anywhere">
          {retention === null
            ? "Payloads, agents’ words and what apps report are stored until an owner erases them, run by run."
            : `Payloads, agents’ words and what apps report are erased ${counted(retention.keptDays, "day")} after a run ended. Set by ${retention.setBy}.`}{" "}
          Receipts stay, and can still be verified.{" "}
          <Link className="text-link hover:underline" href="/docs/receipts#data-retention">
            What is erased
          </Link>
        </p>
        {mayChange ? (
          <div className="flex flex-wrap gap-2">
            <ConfirmDialog
              title="Erase personal data automatically?"
              confirmLabel="Erase automatically"
              busyLabel="Saving"
              typeToConfirm={workspaceName}
              onConfirm={() => (keptDays === null ? Promise.resolve(refuse("validation_failed", KEPT_DAYS_RULE)) : save(keptDays))}
              trigger={<Button icon={<CalendarClock />}>{retention === null ? "Erase automatically…" : "Change…"}</Button>}
            >
              <p>
                Each night, the personal data of runs that ended longer ago is erased, with a receipt for each run. A run that nobody has
                claimed by then can no longer be executed. Runs in doubt wait until someone settles them.
              </p>
              <Field
                className="text-ink"
                label="Days after the run ended"
                error={keptDays === null && typed !== "" ? KEPT_DAYS_RULE : undefined}
              >
                <TextInput
                  className="max-w-32 tabular-nums"
                  inputMode="numeric"
                  autoComplete="off"
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                />
              </Field>
              <PastRuns workspaceId={workspaceId} keptDays={keptDays} />
            </ConfirmDialog>
            {retention === null ? null : (
              <ConfirmDialog
                title="Turn off automatic erasure?"
                confirmLabel="Turn off"
                busyLabel="Turning off"
                tone="plain"
                onConfirm={() => save(null)}
                trigger={<Button variant="ghost">Turn off…</Button>}
              >
                <p>Personal data stays until an owner erases it. What was erased stays erased.</p>
              </ConfirmDialog>
            )}
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}

function readDays(typed: string): number | null {
  const days = /^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  return days >= MIN_KEPT_DAYS && days <= MAX_KEPT_DAYS ? days : null;
}

/** How many runs it would erase the next night. */
function PastRuns({ workspaceId, keptDays }: { workspaceId: string; keptDays: number | null }) {
  const [counting, setCounting] = useState<{ keptDays: number; text: string } | null>(null);
  useEffect(() => {
    if (keptDays === null) return;
    let isCurrent = true;
    const show = (text: string) => (isCurrent ? setCounting({ keptDays, text }) : undefined);
    countRunsPastRetention(workspaceId, { keptDays }).then(
      (outcome) => show(outcome.ok ? pastText(outcome) : outcome.detail),
      () => show("The console couldn’t count how many runs ended longer ago."),
    );
    return () => {
      isCurrent = false;
    };
  }, [workspaceId, keptDays]);
  if (keptDays === null) return null;
  return <p aria-live="polite">{counting?.keptDays === keptDays ? counting.text : "Counting …"}</p>;
}

function pastText({ runs, isMore }: { runs: number; isMore: boolean }): string {
  if (runs === 0 && !isMore) return "No run has ended that long ago yet.";
  const which = `${isMore ? "more than " : ""}${counted(runs, "run")}`;
  return `The data of ${which} that ended longer ago is erased the next night, and can’t be restored.`;
}
