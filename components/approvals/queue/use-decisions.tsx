"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { DECISION_LABELS, NOT_SENT } from "@/components/approvals/decision-labels";
import { queuePath } from "@/components/approvals/queue-path";
import { Link } from "@/components/ui/link";
import { useToast } from "@/components/ui/toast";
import { submitDecision, submitDecisions, submitGrantedApproval } from "@/lib/approvals/server-actions";
import type { WaitingRun } from "@/lib/approvals/waiting-run";
import { MAX_AT_ONCE } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { Decision } from "@/lib/domain/runs/statuses";
import type { TypedGrant } from "@/lib/grants/schema";
import { approvalsProgress } from "@/lib/words/approvals-messages";
import { type BulkOutcome, type BulkOutcomes, bulkResult } from "./bulk-texts";
import { isStillWaiting, refusalMessage } from "./refusal-messages";
import type { useShownQueue } from "./use-shown-queue";

interface Answer {
  readonly decision: Decision;
  readonly comment: string;
  /** Whether the second step was taken. */
  readonly isConfirmed: boolean;
}

/**
 * Sends decisions and shows their results. Calls `onLeaving` with the runs that can no longer be decided; it returns whether another page
 * is being opened. A run whose decision could not be sent stays in place, as `unsentId`.
 */
export function useDecisions(list: ReturnType<typeof useShownQueue>, onLeaving: (runIds: readonly string[]) => boolean) {
  const router = useRouter();
  const toast = useToast();
  const [unsentId, setUnsentId] = useState<string | null>(null);

  /** Not while another page is being opened: it brings new data, and Next loads the whole page anew when a refresh gets in its way. */
  const leave = (runIds: readonly string[]) => {
    if (!onLeaving(runIds)) router.refresh();
  };

  const decide = async (
    {
      runId,
      title,
      workspacePath,
      payloadHash,
    }: { runId: string; title: string; workspacePath: string | null; payloadHash: string | null },
    answer: Answer,
  ) => {
    setUnsentId(null);
    list.begin([runId], answer.decision);
    const outcome = await submitDecision({ runId, payloadHash, ...answer }).catch(() => null);
    if (outcome === null) {
      // Refreshing the page would fail as well, and lose it.
      list.end([runId], []);
      return setUnsentId(runId);
    }
    const isLeaving = outcome.ok || !isStillWaiting(outcome);
    list.end([runId], isLeaving ? [runId] : []);
    const { done } = DECISION_LABELS[answer.decision];
    if (outcome.ok && outcome.run.effect.governanceStatus === "pending_approval")
      toast.show({
        tone: "ok",
        title: `Approval recorded: ${title}`,
        children: `${outcome.run.approvals === undefined ? "" : `${approvalsProgress(outcome.run.approvals)}. `}The run stays pending.`,
        action: (
          <Link className="text-link" href={queuePath({ runId })}>
            Show run
          </Link>
        ),
      });
    else if (outcome.ok)
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
    leave(isLeaving ? [runId] : []);
  };

  /** Approves the run and the same again. Returns why it wasn't recorded, while it can still be. */
  const grant = async (
    { runId, title, workspacePath }: { runId: string; title: string; workspacePath: string | null },
    answer: { comment: string; grant: TypedGrant },
  ): Promise<Refusal | null> => {
    list.begin([runId], "approve");
    const outcome = await submitGrantedApproval({ runId, ...answer, isConfirmed: true }).catch(() => null);
    const isLeaving = outcome !== null && (outcome.ok || !isStillWaiting(outcome));
    list.end([runId], isLeaving ? [runId] : []);
    if (outcome === null) return refuse("internal_error", NOT_SENT.detail);
    if (!isLeaving) return outcome.ok ? null : outcome;
    if (outcome.ok)
      toast.show({
        tone: "ok",
        title: `Approved, and the same: ${title}`,
        action:
          workspacePath === null ? undefined : (
            <Link className="text-link" href={`${workspacePath}/grants`}>
              Open grants
            </Link>
          ),
      });
    else toast.show({ tone: "no", title: refusalMessage(outcome), children: `${title}: your decision wasn’t recorded.` });
    leave([runId]);
    return null;
  };

  /** Throws when the console can't be reached. */
  const decideAll = async (
    runs: readonly Pick<WaitingRun, "runId" | "identicalIds">[],
    answer: Answer,
  ): Promise<BulkOutcomes | Refusal> => {
    const runIds = runs.flatMap(({ runId, identicalIds }) => [runId, ...identicalIds]);
    list.begin(runIds, answer.decision);
    const outcomes: [string, BulkOutcome][] = [];
    let leaving: string[] = [];
    try {
      for (let sent = 0; sent < runIds.length; sent += MAX_AT_ONCE) {
        const result = await submitDecisions({ runIds: runIds.slice(sent, sent + MAX_AT_ONCE), ...answer });
        if (!result.ok) return result;
        for (const outcome of result.outcomes) outcomes.push([outcome.runId, outcome]);
        leaving = outcomes.filter(([, outcome]) => outcome.ok || !isStillWaiting(outcome)).map(([runId]) => runId);
      }
      leave(leaving);
      return new Map(outcomes);
    } finally {
      list.end(runIds, leaving);
    }
  };

  /** The shown run together with those identical to it. */
  const decideIdentical = async (shown: { runId: string; title: string; identicalIds: readonly string[] }, answer: Answer) => {
    setUnsentId(null);
    const outcomes = await decideAll([shown], answer).catch(() => null);
    if (outcomes === null) return setUnsentId(shown.runId);
    const { done } = DECISION_LABELS[answer.decision];
    if ("ok" in outcomes)
      return toast.show({ tone: "stop", title: `Not ${done.toLowerCase()}: ${shown.title}`, children: outcomes.detail });
    const failed = [...outcomes.values()].filter((outcome): outcome is Refusal => !outcome.ok);
    const doneCount = outcomes.size - failed.length;
    toast.show({
      tone: failed.length === 0 ? "ok" : doneCount === 0 ? "stop" : "no",
      title: `${bulkResult(answer.decision, outcomes)}: ${shown.title}`,
      children: failed[0] ? refusalMessage(failed[0]) : undefined,
    });
  };

  return { decide, grant, decideAll, decideIdentical, unsentId };
}
