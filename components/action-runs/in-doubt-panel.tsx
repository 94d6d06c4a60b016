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
    question: "Did it run?",
    meaning:
      "You have looked where it would show, and it ran. The run becomes executed, its receipt says that you settled it, and nobody gets it again.",
    busy: "Marking",
    done: "Marked as executed",
  },
  {
    settlement: "failed",
    icon: <TriangleAlert />,
    label: "Mark as failed",
    question: "Did it fail for good?",
    meaning:
      "You have looked, and it did not work. The run becomes failed, its receipt says that you settled it, and nobody gets it again.",
    busy: "Marking",
    done: "Marked as failed",
  },
  {
    settlement: "released",
    icon: <RotateCcw />,
    label: "Release for another try",
    question: "Did it certainly not run?",
    meaning:
      "A worker may claim the run again and execute it. If it ran after all, it will run twice: release it only when you know that it did not.",
    busy: "Releasing",
    done: "Released for another try",
  },
];

/** A run whose claim ran out with no report: only somebody who has looked knows whether it ran. */
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
              claimed it and never reported. It may have executed it, or not, so the console gives it to nobody.{" "}
              {canSettle
                ? "Find out in the system that it would have changed, then say what you found."
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
