import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { validate as isUuid } from "uuid";
import { AskAgainButton } from "@/components/action-runs/ask-again-button";
import { EraseRunCard } from "@/components/action-runs/erase-run-card";
import { ErasedNotice } from "@/components/action-runs/erased-notice";
import { InDoubtPanel } from "@/components/action-runs/in-doubt-panel";
import { RunAttempts } from "@/components/action-runs/run-attempts";
import { RunData } from "@/components/action-runs/run-data";
import { RunHead } from "@/components/action-runs/run-head";
import { RunSide } from "@/components/action-runs/run-side";
import { RunStakes } from "@/components/action-runs/run-stakes";
import { RunTimeline } from "@/components/action-runs/run-timeline";
import { shortId } from "@/components/action-runs/short-id";
import { UncollectedPanel } from "@/components/action-runs/uncollected-panel";
import { WithdrawRunButton } from "@/components/action-runs/withdraw-run-button";
import { ReassignRunButton } from "@/components/approvals/reassign-run-button";
import { RevokeApprovalButton } from "@/components/approvals/revoke-approval-button";
import { RunBudgets } from "@/components/budgets/budget-uses";
import { RunGrantCard } from "@/components/grants/run-grant-card";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { ToolActionsCard } from "@/components/registered-actions/tool-actions-card";
import { RunShadowCard } from "@/components/shadow-policies/run-shadow-card";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Card, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { getEarlierRuns } from "@/lib/action-runs/list/get-earlier-runs";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runView } from "@/lib/action-runs/show/run-view";
import { noteRunOpened } from "@/lib/approvals/note-opened";
import { requireMember } from "@/lib/auth/require-member";
import { requireSessionUser } from "@/lib/auth/require-user";
import { isPermitted } from "@/lib/domain/access/permissions";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { JsonValue } from "@/lib/domain/json-value";
import { getEnv } from "@/lib/env";
import { isMailKept } from "@/lib/notifications/is-mail-kept";
import { listToolActions } from "@/lib/registered-actions/tool-actions";
import { listUnregistered } from "@/lib/registered-actions/unregistered-actions";

type Props = { params: Promise<{ workspaceId: string; runId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Run ${shortId((await params).runId)}` };
}

export default async function RunPage({ params }: Props) {
  const { workspaceId, runId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const story = isUuid(runId) ? await getRunStory(ctx, runId) : null;
  if (story === null) notFound();
  const run = runView(story, `${getEnv().DAAI_PUBLIC_URL}/api`);
  const isRegistrable =
    run.policy.finalReason === "unknown_action" &&
    isPermitted(role, "action.manage") &&
    (await listUnregistered(ctx, [run.actionName])).length > 0;
  const toolActions = await listToolActions(ctx, story.payload as JsonValue);
  const earlier = await getEarlierRuns(ctx, run.id);
  const base = `/workspaces/${workspace.id}`;
  const isWaiting = run.governanceStatus === "pending_approval";
  if (isWaiting && isPermitted(role, "run.decide"))
    await noteRunOpened(ctx, { workspaceId: workspace.id, runId: run.id, email: ctx.actor.email });
  const isAsked = run.policy.asked.some(({ email }) => isSamePerson(email, ctx.actor.email));
  const mayReassign = isPermitted(role, "run.reassign") || isAsked;
  // Where several approvals are needed, a role alone doesn't decide.
  const canDecide = isPermitted(role, "run.decide") && (run.approvals === null || isAsked);
  const actions = (
    <>
      {isWaiting && isPermitted(role, "run.ask") ? (
        <AskAgainButton
          workspaceId={workspace.id}
          runId={run.id}
          asked={run.policy.asked.map(({ email }) => email)}
          isMailKept={isMailKept()}
        />
      ) : null}
      {isWaiting && mayReassign ? <ReassignRunButton workspaceId={workspace.id} runId={run.id} /> : null}
      {run.revocableBy.some((approver) => isSamePerson(approver, ctx.actor.email)) ? (
        <RevokeApprovalButton runId={run.id} isPending={isWaiting} />
      ) : null}
      {run.canWithdraw && isPermitted(role, "run.withdraw") ? (
        <WithdrawRunButton workspaceId={workspace.id} runId={run.id} isPending={isWaiting} />
      ) : null}
    </>
  );
  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: base },
          { label: "Runs", href: `${base}/runs` },
          { label: <code className="font-mono text-xs">{shortId(run.id)}</code> },
        ]}
      />
      <RefreshWhenLive topics={["runs", "approvals", "receipts"]} workspaceId={workspace.id} />
      <RunHead run={run} base={base} canDecide={canDecide} actions={actions} isRegistrable={isRegistrable} />
      {run.execution !== "in_doubt" ? null : (
        <InDoubtPanel
          workspaceId={workspace.id}
          runId={run.id}
          worker={run.claim?.worker ?? null}
          canSettle={isPermitted(role, "run.settle")}
        />
      )}
      <UncollectedPanel run={run} />
      <RunAttempts run={run} base={base} reader={ctx.actor.email} />
      {run.erasure === null ? null : (
        <div className="mb-4">
          <ErasedNotice {...run.erasure} />
        </div>
      )}
      <RunStakes run={run} />
      <div className="grid grid-cols-[minmax(0,1fr)_336px] items-start gap-4 max-lg:grid-cols-1">
        <div className="grid min-w-0 gap-4">
          <Card aria-labelledby="story">
            <CardHeader title="Timeline" id="story" note={`${run.steps.length} ${run.steps.length === 1 ? "event" : "events"}`} />
            <RunTimeline steps={run.steps} />
          </Card>
          {toolActions.length === 0 ? null : (
            <ToolActionsCard
              workspaceId={workspace.id}
              runId={run.id}
              actions={toolActions}
              mayManageActions={isPermitted(role, "action.manage")}
            />
          )}
          <RunData run={run} />
        </div>
        <div className="grid min-w-0 gap-4">
          <RunSide
            run={run}
            earlier={earlier}
            base={base}
            reader={ctx.actor.email}
            isOperator={(await requireSessionUser()).isOperator}
            budgets={
              <>
                <RunGrantCard run={run} />
                <RunBudgets workspaceId={workspaceId} uses={run.budgets} />
                <RunShadowCard run={run} />
              </>
            }
          />
          {run.payload === null || !isPermitted(role, "run.erase") ? null : (
            <EraseRunCard workspaceId={workspace.id} runId={run.id} actionName={run.actionName} disabledReason={run.eraseHindrance} />
          )}
        </div>
      </div>
    </Page>
  );
}
