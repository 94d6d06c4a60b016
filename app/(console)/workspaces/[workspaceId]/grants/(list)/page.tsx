import { Repeat } from "lucide-react";
import type { Metadata } from "next";
import { GrantList } from "@/components/grants/grant-list";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { listGrants } from "@/lib/grants/list-grants";

export const metadata: Metadata = { title: "Grants" };

export default async function GrantsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const grants = await listGrants(ctx);
  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: `/workspaces/${workspaceId}` }, { label: "Grants" }]} />
      <RefreshWhenLive topics={["grants", "runs"]} workspaceId={workspaceId} />
      <PageHeader title="Grants" description="What approvers have approved in advance: runs like one they approved, within limits." />
      <Card>
        {grants.length === 0 ? (
          <EmptyState icon={Repeat} title="No grants yet">
            When you approve a run, choose <em>Approve this, and the same until…</em> to allow the next ones like it.{" "}
            <Link className="text-link hover:underline" href="/docs/policies#standing-grants">
              How standing grants work
            </Link>
          </EmptyState>
        ) : (
          <GrantList workspaceId={workspaceId} grants={grants} canRevoke={isPermitted(role, "grant.revoke")} reader={ctx.actor.email} />
        )}
      </Card>
    </Page>
  );
}
