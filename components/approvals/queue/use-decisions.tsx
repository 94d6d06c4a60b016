"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { DECISION_LABELS } from "@/components/approvals/decision-labels";
import { queuePath } from "@/components/approvals/queue-path";
import { useToast } from "@/components/ui/toast";
import { submitDecision, submitDecisions } from "@/lib/approvals/server-actions";
import type { WaitingRun } from "@/lib/approvals/waiting-run";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { Decision } from "@/lib/domain/runs/statuses";
import type { BulkOutcomes } from "./bulk-dialog";
import { isStillWaiting, refusalMessage } from "./refusal-messages";
import type { useShownQueue } from "./use-shown-queue";

interface Answer {
  readonly decision: Decision;
  readonly comment: string;
  /** Whether the second step was taken. */
  readonly isConfirmed: boolean;
}

/**
 * Sends decisions and shows their results. Calls `onLeaving` with the runs that can no longer be decided. A run whose decision could not be
 * sent stays in place, as `unsentId`.
 */
export function useDecisions(list: ReturnType<typeof useShownQueue>, onLeaving: (runIds: readonly string[]) => void) {
  const router = useRouter();
  const toast = useToast();
  const [unsentId, setUnsentId] = useState<string | null>(null);

  const decide = async (
    { runId, title, workspacePath }: { runId: string; title: string; workspacePath: string | null },
    answer: Answer,
  ) => {
    setUnsentId(null);
    list.begin([runId], answer.decision);
    const outcome = await submitDecision({ runId, ...answer }).catch(() => null);
    if (outcome === null) {
      // Refreshing the page would fail as well, and lose it.
      list.end([runId], []);
      return setUnsentId(runId);
    }
    const isLeaving = outcome.ok || !isStillWaiting(outcome);
    list.end([runId], isLeaving ? [runId] : []);
    const { done } = DECISION_LABELS[answer.decision];
    if (outcome.ok)
      toast.show({
        tone: "ok",
        title: `${done}: ${title}`,
        action: (
          <Link
            className="text-link"
            href={workspacePath === null ? queuePath({ runId }) : `${workspacePath}/receipts/${outcome.run.receiptId}`}
          >
            {workspacePath === null ? "Show decision" : "Open receipt"}
          </Link>
        ),
      });
    else if (outcome.code === "already_decided")
      toast.show({ tone: "no", title: refusalMessage(outcome), children: `${title}: your decision wasn’t recorded.` });
    else toast.show({ tone: isLeaving ? "no" : "stop", title: `Not ${done.toLowerCase()}: ${title}`, children: outcome.detail });
    if (isLeaving) onLeaving([runId]);
    router.refresh();
  };

  /** Throws when the console can't be reached. */
  const decideAll = async (runs: readonly WaitingRun[], answer: Answer): Promise<BulkOutcomes | Refusal> => {
    const runIds = runs.map(({ runId }) => runId);
    list.begin(runIds, answer.decision);
    let leaving: string[] = [];
    try {
      const result = await submitDecisions({ runIds, ...answer });
      if (!result.ok) return result;
      leaving = result.outcomes.filter((outcome) => outcome.ok || !isStillWaiting(outcome)).map(({ runId }) => runId);
      onLeaving(leaving);
      router.refresh();
      return new Map(result.outcomes.map((outcome) => [outcome.runId, outcome]));
    } finally {
      list.end(runIds, leaving);
    }
  };

  return { decide, decideAll, unsentId };
}
