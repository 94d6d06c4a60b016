import type { Metadata } from "next";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ReadOnlyNotice } from "@/components/workspaces/read-only-notice";
import { RoutingForm } from "@/components/workspaces/routing-form";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { durationText } from "@/lib/domain/time/duration-text";
import { getWorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";

export const metadata: Metadata = { title: "Approval routing" };

export default async function ApprovalRoutingPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  const settings = await getWorkspaceSettings(ctx);
  const mayChange = isPermitted(role, "workspace.manage");
  return (
    <div className="grid gap-4">
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
    </div>
  );
}
