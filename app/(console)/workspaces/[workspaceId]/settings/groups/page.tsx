import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { GroupDialog } from "@/components/groups/group-dialog";
import { GroupList } from "@/components/groups/group-list";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { GroupProposals } from "@/components/policy-proposals/group-proposals";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { ReadOnlyNotice } from "@/components/workspaces/read-only-notice";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { listGroups } from "@/lib/groups/list-groups";
import { listMembers } from "@/lib/members/list-members";
import { listProposals } from "@/lib/policy-proposals/list-proposals";
import { getWorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";

export const metadata: Metadata = { title: "Groups" };

export default async function GroupsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  const mayChange = isPermitted(role, "approver.manage");
  const [groups, everyone] = await Promise.all([listGroups(ctx), listMembers(ctx)]);
  const proposals = await listProposals(ctx, { kind: "group" });
  const { policyChangeNeedsAnotherPerson: needsAnotherPerson } = await getWorkspaceSettings(ctx);
  const members = everyone.map(({ email, name }) => ({ email, name }));
  return (
    <div className="grid gap-4">
      <RefreshWhenLive topics={["actions"]} workspaceId={workspaceId} />
      {mayChange ? null : <ReadOnlyNotice />}
      <GroupProposals
        workspaceId={workspaceId}
        proposals={proposals}
        groups={groups}
        mayConfirm={isPermitted(role, "policy_change.confirm")}
      />
      <Card aria-labelledby="groups-title">
        <CardHeader
          title="Groups"
          id="groups-title"
          actions={
            mayChange ? (
              <GroupDialog
                workspaceId={workspaceId}
                group={null}
                members={members}
                needsAnotherPerson={needsAnotherPerson}
                trigger={
                  <Button size="sm" icon={<Plus />}>
                    Create group
                  </Button>
                }
              />
            ) : undefined
          }
        />
        <CardBody className="p-4">
          <p className="max-w-[72ch] text-muted">
            A stage of an action can ask a group of members instead of people one by one.{" "}
            <Link className="text-link hover:underline" href="/docs/approval-flow#several-people">
              How it works
            </Link>
          </p>
        </CardBody>
        <GroupList
          workspaceId={workspaceId}
          groups={groups}
          members={members}
          mayChange={mayChange}
          needsAnotherPerson={needsAnotherPerson}
        />
      </Card>
    </div>
  );
}
