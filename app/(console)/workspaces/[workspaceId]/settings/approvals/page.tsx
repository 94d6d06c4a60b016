import type { Metadata } from "next";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { PolicyRuleForm } from "@/components/policy-proposals/policy-rule-form";
import { ProposalCard } from "@/components/policy-proposals/proposal-card";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { ReadOnlyNotice } from "@/components/workspaces/read-only-notice";
import { RoutingForm } from "@/components/workspaces/routing-form";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { durationText } from "@/lib/domain/time/duration-text";
import { listProposals } from "@/lib/policy-proposals/list-proposals";
import { getWorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";

export const metadata: Metadata = { title: "Approval routing" };

export default async function ApprovalRoutingPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  const settings = await getWorkspaceSettings(ctx);
  const mayChange = isPermitted(role, "workspace.manage");
  const [proposal] = await listProposals(ctx, { kind: "rule" });
  return (
    <div className="grid gap-4">
      <RefreshWhenLive topics={["actions", "workspace"]} workspaceId={workspaceId} />
      {mayChange ? null : <ReadOnlyNotice />}
      <Card aria-labelledby="routing-title">
        <CardHeader title="Approvers and approval window" id="routing-title" />
        <CardBody className="grid gap-4 p-4">
          <p className="max-w-[72ch] text-muted">
            For actions without approvers of their own. Each approver gets an email with a personal link. The first decision counts.
            Approvers don’t need an account.
          </p>
          <RoutingForm
            workspaceId={workspaceId}
            routing={settings}
            ownerEmail={settings.ownerEmail}
            consoleWindow={durationText(settings.consoleWindowMinutes)}
            mayChange={mayChange}
          />
        </CardBody>
      </Card>
      {proposal ? (
        <ProposalCard
          workspaceId={workspaceId}
          proposal={proposal}
          title="Proposed: stop asking for a second person"
          mayConfirm={isPermitted(role, "policy_change.confirm")}
        />
      ) : null}
      <Card aria-labelledby="changes-rule">
        <CardHeader title="Policy changes" id="changes-rule" />
        <CardBody className="grid gap-4 p-4">
          {isPermitted(role, "policy_rule.manage") ? (
            <PolicyRuleForm workspaceId={workspaceId} isOn={settings.policyChangeNeedsAnotherPerson} />
          ) : (
            <p className="text-muted">
              {settings.policyChangeNeedsAnotherPerson
                ? "Changes of policies and approvers wait until another owner or admin confirms them."
                : "Changes of policies and approvers take effect immediately. An owner can require a second person."}
            </p>
          )}
          <p className="max-w-[72ch] text-xs text-muted">
            <Link className="text-link hover:underline" href="/docs/policies#second-person">
              How it works
            </Link>
          </p>
        </CardBody>
      </Card>
    </div>
  );
}
