import type { Metadata } from "next";
import { InvitationsCard } from "@/components/members/invitations-card";
import { InviteMemberDialog } from "@/components/members/invite-member-dialog";
import { MembersCard } from "@/components/members/members-card";
import { RolesCard } from "@/components/members/roles-card";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { requireSessionUser } from "@/lib/auth/require-user";
import { isPermitted } from "@/lib/domain/access/permissions";
import { listInvitations, listMembers } from "@/lib/members/list-members";
import { isMailKept } from "@/lib/notifications/is-mail-kept";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const { isOperator } = await requireSessionUser();
  const mayManage = isPermitted(role, "member.manage");
  const [members, invitations] = await Promise.all([listMembers(ctx), mayManage ? listInvitations(ctx) : []]);
  const owners = members.filter((member) => member.role === "owner").length;
  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: `/workspaces/${workspaceId}` }, { label: "Members" }]} />
      <PageHeader
        title="Members"
        description="The people in this workspace, and what they may do."
        actions={
          mayManage ? (
            <InviteMemberDialog
              isMailKept={isMailKept()}
              isOperator={isOperator}
              workspaceId={workspaceId}
              workspaceName={workspace.name}
            />
          ) : undefined
        }
      />
      <div className="grid gap-4">
        <MembersCard
          members={members}
          workspace={workspace}
          viewer={{ userId: ctx.actor.userId, role }}
          isLastOwner={role === "owner" && owners === 1}
        />
        {mayManage ? (
          <InvitationsCard
            isMailKept={isMailKept()}
            isOperator={isOperator}
            invitations={invitations}
            workspaceId={workspaceId}
            workspaceName={workspace.name}
          />
        ) : null}
        <RolesCard role={role} />
      </div>
    </Page>
  );
}
