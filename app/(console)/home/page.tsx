import { Building2, Plus } from "lucide-react";
import type { Metadata } from "next";
import { UsageCard } from "@/components/limits/usage-card";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { WaitingChanges } from "@/components/policy-proposals/waiting-changes";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { FirstSteps } from "@/components/workspaces/first-steps";
import { WaitingList } from "@/components/workspaces/waiting-list";
import { WorkspaceRow } from "@/components/workspaces/workspace-row";
import { listWaiting } from "@/lib/approvals/list-waiting";
import { requireSessionUser, requireUser } from "@/lib/auth/require-user";
import { getMyUsage } from "@/lib/limits/get-owner-usage";
import { listWaitingProposals } from "@/lib/policy-proposals/list-waiting-proposals";
import { presentTime } from "@/lib/present-time";
import { listMyWorkspaces } from "@/lib/workspaces/list-my-workspaces";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const ctx = await requireUser();
  const { isOperator } = await requireSessionUser();
  const [workspaces, usage, queue, proposals] = await Promise.all([
    listMyWorkspaces(ctx),
    getMyUsage(ctx),
    listWaiting(ctx, { limit: 5 }),
    listWaitingProposals(ctx),
  ]);
  const waitingIn = new Map(queue.workspaces.map(({ id, count }) => [id, count]));
  const newWorkspace = (
    <ButtonLink href="/workspaces/new" variant="primary" icon={<Plus />}>
      New workspace
    </ButtonLink>
  );
  return (
    <Page>
      <Crumbs items={[{ label: "Home" }]} />
      <RefreshWhenLive topics={["runs", "approvals", "actions", "members", "workspace"]} />
      <PageHeader
        title="Home"
        description="Your workspaces and their pending runs."
        actions={workspaces.length === 0 ? undefined : newWorkspace}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_304px]">
        <div className="grid min-w-0 gap-4">
          {queue.total === 0 ? null : <WaitingList queue={queue} now={await presentTime()} />}
          <WaitingChanges proposals={proposals} namesWorkspace />
          {workspaces.length === 0 ? (
            <Card aria-label="Workspaces">
              <h2 className="sr-only">Workspaces</h2>
              <EmptyState icon={Building2} title="No workspaces yet" action={newWorkspace}>
                A workspace holds one client’s keys, actions, runs and receipts. Create one, or ask someone to invite {ctx.actor.email} to
                theirs.
              </EmptyState>
              <FirstSteps />
            </Card>
          ) : (
            <Card aria-labelledby="workspaces-title">
              <CardHeader
                title="Workspaces"
                id="workspaces-title"
                note={workspaces.length === 1 ? "1 workspace" : `${workspaces.length} workspaces`}
              />
              <ul>
                {workspaces.map((workspace) => (
                  <WorkspaceRow key={workspace.id} workspace={workspace} waiting={waitingIn.get(workspace.id) ?? 0} />
                ))}
              </ul>
            </Card>
          )}
        </div>
        <UsageCard title="Your usage" usage={usage} isOperator={isOperator} />
      </div>
    </Page>
  );
}
