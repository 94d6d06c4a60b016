import type { Metadata } from "next";
import { z } from "zod";
import { AnswersAs } from "@/components/approvals/answers-as";
import { approveLabel, checkedLabel, GRANT_CHECKED_LABEL } from "@/components/approvals/approve-labels";
import { DecisionStakes } from "@/components/approvals/decision-stakes";
import { ApprovalQueue } from "@/components/approvals/queue/approval-queue";
import { DecidedCard } from "@/components/approvals/queue/decided-card";
import { EmptyCard } from "@/components/approvals/queue/empty-card";
import type { ShownCard } from "@/components/approvals/queue/shown-card";
import { WaitingCard } from "@/components/approvals/queue/waiting-card";
import { queuePath } from "@/components/approvals/queue-path";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { getWaitingRun } from "@/lib/approvals/get-waiting-run";
import { listWaiting } from "@/lib/approvals/list-waiting";
import { noteRunOpened } from "@/lib/approvals/note-opened";
import { parseQueueSearch } from "@/lib/approvals/schema";
import type { DecidedWaitingRun, OpenWaitingRun, WaitingQueue } from "@/lib/approvals/waiting-run";
import { requireSessionUser, requireUser } from "@/lib/auth/require-user";
import type { QueueSearch } from "@/lib/domain/runs/queue-order";
import { needsSecondStep } from "@/lib/domain/runs/second-step";
import { presentTime } from "@/lib/present-time";

export const metadata: Metadata = { title: "Approvals" };

const ROWS = 100;

/** Ignores invalid parts of the URL. */
const querySchema = z.object({
  run: z.string().optional().catch(undefined),
  show: z.coerce.number().int().min(ROWS).max(500).catch(ROWS),
});

/** All pending requests of the reader, across workspaces: the list, the card of the open run, and the decision buttons. */
export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const params = await searchParams;
  const { run: runId, show: limit } = querySchema.parse(params);
  const search = parseQueueSearch(params);
  const ctx = await requireUser();
  const queue = await listWaiting(ctx, { ...search, limit });
  const openId = runId ?? queue.runs[0]?.runId;
  const run = openId === undefined ? null : await getWaitingRun(ctx, openId);
  // What the reader has chosen to see; the first card of the list opens by itself, perhaps in a tab that nobody looks at.
  if (runId !== undefined && run?.state === "waiting")
    await noteRunOpened(ctx, { workspaceId: run.workspaceId, runId, email: ctx.actor.email });
  const { isOperator } = await requireSessionUser();
  const now = await presentTime();
  return (
    <>
      <Crumbs items={[{ label: "Approvals" }]} />
      <h1 className="sr-only">Approvals</h1>
      <ApprovalQueue
        key={search.workspaceId}
        queue={queue}
        search={search}
        limit={limit}
        now={now.getTime()}
        shown={run && shownCard(run)}
        email={ctx.actor.email}
        isRunInAddress={runId !== undefined}
        card={<Card run={run} queue={queue} now={now} isOperator={isOperator} search={search} isUnknownRun={runId !== undefined} />}
      />
    </>
  );
}

function shownCard(run: OpenWaitingRun | DecidedWaitingRun): ShownCard {
  const { decision } = run;
  const { runId, action } = decision;
  const frozen = run.state === "waiting" ? run.frozen : null;
  return {
    runId,
    title: action.title,
    isWaiting: run.state === "waiting" && run.closed === null,
    closed: run.state === "waiting" ? run.closed : null,
    workspacePath: run.isMember ? `/workspaces/${run.workspaceId}` : null,
    frozen,
    mayApprove: decision.mayApprove && frozen === null,
    isApprovable: run.state !== "waiting" || run.isApprovable,
    payloadHash: run.state === "waiting" ? run.decision.payloadHash : null,
    requiresRejectComment: action.requiresRejectComment,
    identicalIds: run.state === "waiting" ? run.identicalIds : [],
    confirmation: needsSecondStep("approve", action.riskLevel)
      ? {
          facts: <DecisionStakes decision={decision} />,
          checkedLabel: checkedLabel(decision),
          approveLabel: approveLabel(decision.amount),
          answersAs: <AnswersAs email={decision.approverEmail} />,
        }
      : null,
    grant:
      run.state === "waiting" && run.grantOffer !== null && run.identicalIds.length === 0
        ? {
            offer: run.grantOffer,
            facts: <DecisionStakes decision={decision} />,
            checkedLabel: GRANT_CHECKED_LABEL,
            answersAs: <AnswersAs email={decision.approverEmail} />,
          }
        : null,
  };
}

function Card({
  run,
  queue,
  now,
  isOperator,
  search,
  isUnknownRun,
}: {
  run: OpenWaitingRun | DecidedWaitingRun | null;
  queue: WaitingQueue;
  now: Date;
  isOperator: boolean;
  search: QueueSearch;
  isUnknownRun: boolean;
}) {
  const backHref = queuePath(search);
  if (!run) return <EmptyCard isUnknownRun={isUnknownRun} backHref={backHref} />;
  const place = queue.runs.findIndex(({ runId }) => runId === run.decision.runId);
  const links = {
    runHref: run.isMember ? `/workspaces/${run.workspaceId}/runs/${run.decision.runId}` : null,
    backHref,
    backLabel: place === -1 ? "Waiting for you" : `Waiting for you, ${place + 1} of ${queue.runs.length}`,
  };
  return run.state === "waiting" ? (
    <WaitingCard run={run} now={now} isOperator={isOperator} {...links} />
  ) : (
    <DecidedCard run={run} {...links} />
  );
}
