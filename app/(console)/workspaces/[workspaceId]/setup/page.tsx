import type { Metadata } from "next";
import { UsageCard } from "@/components/limits/usage-card";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { UnapprovableNotice } from "@/components/registered-actions/unapprovable-notice";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { AfterSetup } from "@/components/workspaces/after-setup";
import { FirstRunCard } from "@/components/workspaces/first-run-card";
import { SetupChecklist } from "@/components/workspaces/setup-checklist";
import { SetupProgress } from "@/components/workspaces/setup-progress";
import { SetupTabs } from "@/components/workspaces/setup-tabs";
import { WhoIsAsked } from "@/components/workspaces/who-is-asked";
import { requireMember } from "@/lib/auth/require-member";
import { requireSessionUser } from "@/lib/auth/require-user";
import { isPermitted } from "@/lib/domain/access/permissions";
import { getWorkspaceUsage } from "@/lib/limits/get-owner-usage";
import { isMailKept } from "@/lib/notifications/is-mail-kept";
import { getSetup } from "@/lib/overview/get-setup";
import { listUnapprovable } from "@/lib/registered-actions/list-unapprovable";

export const metadata: Metadata = { title: "Setup" };

export default async function SetupPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const { isOperator } = await requireSessionUser();
  const [setup, usage, unapprovable] = await Promise.all([getSetup(ctx), getWorkspaceUsage(ctx), listUnapprovable(ctx)]);
  const isDone = setup.steps.every(({ state }) => state === "done");
  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: `/workspaces/${workspaceId}` }, { label: "Setup" }]} />
      <RefreshWhenLive topics={["runs", "approvals", "receipts", "actions", "keys", "workspace"]} workspaceId={workspaceId} />
      <PageHeader
        title={`Set up ${workspace.name}`}
        description="From an empty workspace to your first receipt. Steps are checked off as you complete them."
        actions={<SetupProgress steps={setup.steps} />}
      />
      <SetupTabs workspaceId={workspaceId} />
      <UnapprovableNotice actions={unapprovable} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_304px]">
        <div className="grid min-w-0 gap-4">
          {isDone ? (
            <AfterSetup
              workspaceId={workspaceId}
              isMailKept={isMailKept()}
              isOperator={isOperator}
              mayInvite={isPermitted(role, "member.manage")}
              mayAddWebhooks={isPermitted(role, "webhook.manage")}
            />
          ) : null}
          <SetupChecklist
            setup={setup}
            workspaceId={workspaceId}
            createdBy={setup.createdBy === ctx.actor.email ? "you" : setup.createdBy}
            mayManageKeys={isPermitted(role, "key.manage")}
            mayManageActions={isPermitted(role, "action.manage")}
          />
        </div>
        <div className="grid gap-4 max-lg:-order-1 lg:sticky lg:top-18">
          <FirstRunCard firstRun={setup.firstRun} workspaceId={workspaceId} isDone={isDone} />
          <div className="grid gap-4 max-lg:hidden">
            <UsageCard usage={usage} isOperator={isOperator} />
            <WhoIsAsked
              emails={setup.approverEmails}
              changeHref={isPermitted(role, "workspace.manage") ? `/workspaces/${workspaceId}/settings/approvals` : null}
            />
          </div>
        </div>
      </div>
    </Page>
  );
}
