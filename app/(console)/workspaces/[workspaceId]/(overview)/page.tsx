import type { Metadata } from "next";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { LatestRuns } from "@/components/overview/latest-runs";
import { MailCard } from "@/components/overview/mail-card";
import { NoRunsYet } from "@/components/overview/no-runs-yet";
import { OverviewStats } from "@/components/overview/overview-stats";
import { RoutingCard } from "@/components/overview/routing-card";
import { RunsCard } from "@/components/overview/runs-card";
import { UncollectedNotice } from "@/components/overview/uncollected-notice";
import { UnseenNotice } from "@/components/overview/unseen-notice";
import { UsageCard } from "@/components/overview/usage-card";
import { WaitingChanges } from "@/components/policy-proposals/waiting-changes";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { StoppedNotice } from "@/components/webhooks/stopped-notice";
import { requireMember } from "@/lib/auth/require-member";
import { requireSessionUser } from "@/lib/auth/require-user";
import { isPermitted } from "@/lib/domain/access/permissions";
import { isHourly, OVERVIEW_RANGES, type OverviewRange, rangeWords, readOverviewRange } from "@/lib/domain/time/overview-range";
import { getOverview } from "@/lib/overview/get-overview";
import { listWaitingProposals } from "@/lib/policy-proposals/list-waiting-proposals";
import { listStoppedWebhooks } from "@/lib/webhooks/list-stopped-webhooks";

export const metadata: Metadata = { title: "Overview" };

interface Props {
  params: Promise<{ workspaceId: string }>;
  searchParams: Promise<{ range?: string | string[]; view?: string | string[] }>;
}

/** The workspace at a glance: what waits, what the last days came to, whether mail gets out, how much is used. */
export default async function OverviewPage({ params, searchParams }: Props) {
  const { ctx, role, workspace } = await requireMember((await params).workspaceId);
  const { isOperator } = await requireSessionUser();
  const { range: rangeText, view } = await searchParams;
  const range = readOverviewRange(rangeText);
  const isTable = view === "table";
  const overview = await getOverview(ctx, range);
  const stopped = isPermitted(role, "webhook.manage") ? await listStoppedWebhooks(ctx) : [];
  const proposals = await listWaitingProposals(ctx);
  const home = `/workspaces/${workspace.id}`;
  const settings = isPermitted(role, "workspace.manage") ? `${home}/settings` : null;
  const side = (
    <>
      <MailCard health={overview.mail} settingsHref={settings} isOperator={isOperator} />
      <RoutingCard routing={overview.routing.routing} more={overview.routing.more} changeHref={settings} actionsHref={`${home}/actions`} />
      <UsageCard usage={overview.usage} now={overview.waiting.now} isOperator={isOperator} />
    </>
  );

  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: home }, { label: "Overview" }]} />
      <RefreshWhenLive topics={["runs", "approvals", "actions", "workspace", "webhooks"]} />
      <PageHeader
        title={workspace.name}
        description={`For ${workspace.clientName}`}
        actions={
          <Segmented
            label="Period"
            value={range}
            options={OVERVIEW_RANGES.map((value) => ({ value, label: rangeWords(value), href: addressOf(home, value, isTable) }))}
          />
        }
      />
      {overview.waiting.uncollected === 0 ? null : <UncollectedNotice count={overview.waiting.uncollected} workspaceId={workspace.id} />}
      {overview.waiting.unseen === 0 ? null : <UnseenNotice count={overview.waiting.unseen} workspaceId={workspace.id} />}
      {stopped.length === 0 ? null : (
        <div className="mb-4">
          <StoppedNotice webhooks={stopped} workspaceId={workspace.id} />
        </div>
      )}
      <div className="mb-4 empty:hidden">
        <WaitingChanges proposals={proposals} />
      </div>
      {overview.latestRuns.length === 0 ? (
        <>
          <NoRunsYet setupHref={`${home}/setup`} />
          <div className="mt-4 grid grid-cols-3 items-start gap-4 max-lg:grid-cols-1">{side}</div>
        </>
      ) : (
        <>
          <OverviewStats
            rangeWords={rangeWords(range)}
            waiting={overview.waiting}
            counts={overview.counts}
            secondsToDecide={overview.secondsToDecide}
            approvalsHref="/approvals"
            runsHref={`${home}/runs`}
          />
          <div className="mt-4 grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4 max-lg:grid-cols-1">
            <div className="grid min-w-0 gap-4">
              <RunsCard
                counts={overview.counts}
                isHourly={isHourly(range)}
                isTable={isTable}
                switchHref={addressOf(home, range, !isTable)}
              />
              <LatestRuns runs={overview.latestRuns} runsHref={`${home}/runs`} />
            </div>
            <div className="grid min-w-0 gap-4">{side}</div>
          </div>
        </>
      )}
    </Page>
  );
}

/** What stands at its default is left out, so that one view has one address. */
function addressOf(home: string, range: OverviewRange, isTable: boolean): string {
  const query = new URLSearchParams();
  if (range !== "14d") query.set("range", range);
  if (isTable) query.set("view", "table");
  return query.size === 0 ? home : `${home}?${query.toString()}`;
}
