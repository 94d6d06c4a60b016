"use client";

import { CheckCheck, CircleQuestionMark, RotateCcw, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import type { Settlement } from "@/lib/action-runs/execute/schema";
import { settleRunInDoubt } from "@/lib/action-runs/server-actions";
import { VisibleText } from "./visible-text";

interface Choice {
  settlement: Settlement;
  icon: ReactNode;
  label: string;
  question: string;
  meaning: string;
  busy: string;
  done: string;
}

const CHOICES: readonly Choice[] = [
  {
    settlement: "executed",
    icon: <CheckCheck />,
    label: "Mark as executed",
    question: "Mark as executed?",
    meaning:
      "You’ve confirmed that it ran. The run will be marked as executed, its receipt will say you settled it, and no worker can claim it again.",
    busy: "Marking",
    done: "Marked as executed",
  },
  {
    settlement: "failed",
    icon: <TriangleAlert />,
    label: "Mark as failed",
    question: "Mark as failed?",
    meaning:
      "You’ve confirmed that it didn’t work. The run will be marked as failed, its receipt will say you settled it, and no worker can claim it again.",
    busy: "Marking",
    done: "Marked as failed",
  },
  {
    settlement: "released",
    icon: <RotateCcw />,
    label: "Release for another try",
    question: "Release for another try?",
    meaning:
      "A worker can then claim the run again and execute it. If it did run, it will run twice. Release it only if you know it didn’t.",
    busy: "Releasing",
    done: "Released for another try",
  },
];

/** A run whose claim expired without a report: only someone who has checked knows whether it ran. */
export function InDoubtPanel({
  workspaceId,
  runId,
  worker,
  canSettle,
}: {
  workspaceId: string;
  runId: string;
  worker: string | null;
  canSettle: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const settle = async ({ settlement, done }: Choice) => {
    const outcome = await settleRunInDoubt(workspaceId, { runId, settlement });
    if (outcome.ok) {
      toast.show({ tone: "ok", title: done });
      router.refresh();
    }
    return outcome;
  };
  return (
    <section className="mb-4 rounded-lg border border-wait-line bg-wait-soft px-4 py-3" aria-labelledby="in-doubt">
      <div className="flex gap-2.5">
        <CircleQuestionMark className="mt-0.5 size-4 flex-none text-wait" strokeWidth={1.75} aria-hidden="true" />
        <div className="grid gap-3">
          <div>
            <h2 className="text-md font-semibold text-wait" id="in-doubt">
              This run is in doubt
            </h2>
            <p className="mt-0.5 max-w-[72ch]">
              {worker === null ? (
                "Its worker"
              ) : (
                <>
                  The worker <VisibleText text={worker} />
                </>
              )}{" "}
              claimed this run and never reported. It may or may not have run, so the console won’t hand it out again.{" "}
              {canSettle
                ? "Check the system it would have changed, then record what you found."
                : "An owner, admin or developer of the workspace can settle it."}
            </p>
          </div>
          {canSettle ? (
            <div className="flex flex-wrap gap-2">
              {CHOICES.map((choice) => (
                <ConfirmDialog
                  key={choice.settlement}
                  title={choice.question}
                  confirmLabel={choice.label}
                  busyLabel={choice.busy}
                  cancelLabel="Not sure yet"
                  tone={choice.settlement === "released" ? "danger" : "plain"}
                  trigger={<Button icon={choice.icon}>{choice.label}</Button>}
                  onConfirm={() => settle(choice)}
                >
                  <p>{choice.meaning}</p>
                </ConfirmDialog>
              ))}
            </div>
          ) : null}
        </div>
      </div>
    </section>
  );
}
