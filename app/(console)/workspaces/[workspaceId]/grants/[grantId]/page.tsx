import { List } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { VisibleText } from "@/components/action-runs/visible-text";
import { GrantActions } from "@/components/grants/grant-actions";
import { GrantFacts } from "@/components/grants/grant-facts";
import { GrantLeft } from "@/components/grants/grant-left";
import { GrantStateBadge } from "@/components/grants/grant-state-badge";
import { GrantUses } from "@/components/grants/grant-uses";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Fact, FactList } from "@/components/ui/fact-list";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { OlderNewer } from "@/components/ui/older-newer";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { grantPath, grantsPath } from "@/lib/domain/grants/grant-paths";
import { GRANT_ENDINGS, grantLimitsText } from "@/lib/domain/grants/grant-text";
import { getGrantPage } from "@/lib/grants/get-grant-page";

export const metadata: Metadata = { title: "Grant" };

interface Props {
  params: Promise<{ workspaceId: string; grantId: string }>;
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function GrantPage({ params, searchParams }: Props) {
  const { workspaceId, grantId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const { before } = await searchParams;
  const page = await getGrantPage(ctx, grantId, typeof before === "string" ? { before } : {});
  if (!page) notFound();
  const { grant, uses, next } = page;
  const terms = grantLimitsText(grant);
  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: `/workspaces/${workspaceId}` },
          { label: "Grants", href: grantsPath(workspaceId) },
          { label: grant.action.title },
        ]}
      />
      <RefreshWhenLive topics={["grants", "runs"]} workspaceId={workspaceId} />
      <PageHeader
        title={<VisibleText text={grant.action.title} />}
        description={`${terms.charAt(0).toUpperCase()}${terms.slice(1)}`}
        badges={<GrantStateBadge state={grant.state} size="lg" />}
        actions={
          <GrantActions
            workspaceId={workspaceId}
            grant={grant}
            terms={terms}
            canRevoke={isPermitted(role, "grant.revoke") || isSamePerson(grant.givenBy, ctx.actor.email)}
          />
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <Card aria-labelledby="uses">
          <CardHeader title="Runs it allowed" id="uses" />
          {uses.length === 0 ? (
            <EmptyState icon={List} title="No runs yet">
              Runs that this grant allows appear here as they’re proposed.
            </EmptyState>
          ) : (
            <GrantUses workspaceId={workspaceId} uses={uses} />
          )}
          <OlderNewer
            newerHref={before === undefined ? null : grantPath(workspaceId, grantId)}
            olderHref={next === null ? null : `${grantPath(workspaceId, grantId)}?before=${next}`}
          />
        </Card>
        <div className="grid gap-4">
          <Card aria-labelledby="left">
            <CardHeader title="Used" id="left" />
            <div className="px-4 py-3.5">
              <GrantLeft grant={grant} />
            </div>
          </Card>
          <Card aria-labelledby="terms">
            <CardHeader title="What must be the same" id="terms" />
            <div className="px-4 py-3.5">
              <GrantFacts grant={grant} />
            </div>
          </Card>
          <FactList>
            <Fact label="Approved in advance">
              <span className="wrap-anywhere">{grant.givenBy}</span>
              <span className="block text-sm text-muted">
                <Instant at={grant.givenAt} />, with{" "}
                <Link className="text-link hover:underline" href={`/workspaces/${workspaceId}/runs/${grant.runId}`}>
                  this run
                </Link>
              </span>
            </Fact>
            {grant.confirmedAt === null ? null : (
              <Fact label="Confirmed">
                <span className="wrap-anywhere">{grant.confirmedBy}</span>
                <span className="block text-sm text-muted">
                  <Instant at={grant.confirmedAt} />
                </span>
              </Fact>
            )}
            {grant.endedAt === null || grant.endedReason === null ? null : (
              <Fact label="Ended">
                <span className="wrap-anywhere">
                  {grant.endedBy === null ? `Because ${GRANT_ENDINGS[grant.endedReason]}` : `Revoked by ${grant.endedBy}`}
                </span>
                <span className="block text-sm text-muted">
                  <Instant at={grant.endedAt} />
                </span>
              </Fact>
            )}
          </FactList>
        </div>
      </div>
    </Page>
  );
}
