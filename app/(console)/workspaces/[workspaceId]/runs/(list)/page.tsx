import type { Metadata } from "next";
import { RunList } from "@/components/action-runs/run-list";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { getRunFacets } from "@/lib/action-runs/list/get-run-facets";
import { parseRunSearch } from "@/lib/action-runs/list/schema";
import { searchRuns } from "@/lib/action-runs/list/search-runs";
import { listViews } from "@/lib/action-runs/views/saved-views";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { listUnregistered } from "@/lib/registered-actions/unregistered-actions";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { ctx, role, workspace } = await requireMember((await params).workspaceId);
  const search = parseRunSearch(await searchParams);
  const [page, facets, views] = await Promise.all([searchRuns(ctx, search), getRunFacets(ctx), listViews(ctx)]);
  const unknown = page.rows.filter(({ governanceReason }) => governanceReason === "unknown_action").map(({ actionName }) => actionName);
  const registrable = isPermitted(role, "action.manage") ? await listUnregistered(ctx, unknown) : [];
  const base = `/workspaces/${workspace.id}`;
  return (
    <Page width="wide">
      <Crumbs items={[{ label: workspace.name, href: base }, { label: "Runs" }]} />
      <RunList workspaceId={workspace.id} base={base} search={search} page={page} facets={facets} registrable={registrable} views={views} />
    </Page>
  );
}
