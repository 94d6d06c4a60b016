import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { ActionsTable } from "@/components/registered-actions/actions-table";
import { NoActions } from "@/components/registered-actions/no-actions";
import { NoActiveActions } from "@/components/registered-actions/no-active-actions";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { UsageBar } from "@/components/ui/usage-bar";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { actionsPath, newActionPath } from "@/lib/domain/policy/action-paths";
import { getActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import { listActionRows } from "@/lib/registered-actions/list-action-rows";

export const metadata: Metadata = { title: "Actions" };

export default async function ActionsPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { workspaceId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const defaults = await getActionDefaults(ctx);
  const actions = await listActionRows(ctx, defaults);
  const { show } = await searchParams;
  const isAll = show === "all";
  const active = actions.filter(({ isActive }) => isActive);
  const mayManage = isPermitted(role, "action.manage");
  const isFull = defaults.activeActionsLimit !== null && defaults.activeActions >= defaults.activeActionsLimit;
  const path = actionsPath(workspaceId);

  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: `/workspaces/${workspaceId}` }, { label: "Actions" }]} />
      <RefreshWhenLive topics={["actions", "runs"]} workspaceId={workspaceId} />
      <PageHeader
        title="Actions"
        description="What agents may propose here, and when a person must decide first."
        actions={
          mayManage && actions.length > 0 ? (
            <ButtonLink href={newActionPath(workspaceId)} variant="primary" icon={<Plus />}>
              Register action
            </ButtonLink>
          ) : undefined
        }
      />
      {actions.length === 0 ? (
        <Card>
          <NoActions workspaceId={workspaceId} mayManage={mayManage} />
        </Card>
      ) : (
        <>
          <div className="mb-4 flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
            <Segmented
              label="Filter actions"
              value={isAll ? "all" : "active"}
              options={[
                { value: "active", label: `Active ${active.length}`, href: path },
                { value: "all", label: `All ${actions.length}`, href: `${path}?show=all` },
              ]}
            />
            {defaults.activeActionsLimit === null ? null : (
              <div className="w-full max-w-64 max-sm:max-w-none">
                <UsageBar
                  label="Active actions"
                  used={defaults.activeActions}
                  limit={defaults.activeActionsLimit}
                  note={isFull ? "Deactivate one before you register another." : undefined}
                />
              </div>
            )}
          </div>
          <Card>
            {isAll || active.length > 0 ? (
              <ActionsTable workspaceId={workspaceId} actions={isAll ? actions : active} />
            ) : (
              <NoActiveActions workspaceId={workspaceId} inactiveCount={actions.length} />
            )}
          </Card>
        </>
      )}
    </Page>
  );
}
