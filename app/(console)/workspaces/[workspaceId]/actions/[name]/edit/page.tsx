import { Users } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ActionForm } from "@/components/registered-actions/action-form";
import { ManagedNotice } from "@/components/registered-actions/managed-notice";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { actionPath, actionsPath } from "@/lib/domain/policy/action-paths";
import { listProposals } from "@/lib/policy-proposals/list-proposals";
import { presentTime } from "@/lib/present-time";
import { managedByOf } from "@/lib/registered-actions/action-document";
import { findAction } from "@/lib/registered-actions/find-action";
import { getActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import { listSeenFields } from "@/lib/registered-actions/list-seen-fields";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { trySample } from "@/lib/registered-actions/try-sample";
import { typedOf } from "@/lib/registered-actions/typed-of";
import { getShadow } from "@/lib/shadow-policies/get-shadow";
import { proposerText } from "@/lib/words/proposal-messages";
import { getWorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";

export const metadata: Metadata = { title: "Edit an action" };

export default async function EditActionPage({ params }: { params: Promise<{ workspaceId: string; name: string }> }) {
  const { workspaceId, name } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const action = isPermitted(role, "action.manage") ? await findAction(ctx, name) : null;
  if (!action) notFound();
  const defaults = await getActionDefaults(ctx);
  const { policyChangeNeedsAnotherPerson } = await getWorkspaceSettings(ctx);
  const shadow = await getShadow(ctx, action.id);
  const [pending] = await listProposals(ctx, { actionId: action.id });
  const start = typedOf(settingsOf(action), action.configVersion);
  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: `/workspaces/${workspaceId}` },
          { label: "Actions", href: actionsPath(workspaceId) },
          { label: action.title, href: actionPath(workspaceId, action) },
          { label: "Edit" },
        ]}
      />
      <PageHeader
        title={`Edit ${action.title}`}
        description={`Editing the policy creates version ${action.policyVersion + 1}. Runs already decided keep the version that decided them.`}
      />
      <div className="mb-4 grid gap-2 empty:hidden">
        <ManagedNotice managedBy={managedByOf(action)} isEdited />
        {pending ? (
          <Notice tone="wait" icon={Users} title={`${proposerText(pending.proposedBy)} has proposed a change.`}>
            It waits for a second person. If you propose another one, it takes the place of that.
          </Notice>
        ) : null}
      </div>
      <ActionForm
        workspaceId={workspaceId}
        start={start}
        firstTrial={{ trial: trySample(start, null, { now: await presentTime(), windowMinutes: defaults.windowMinutes }), isGiven: false }}
        actionId={action.id}
        defaults={defaults}
        seenFields={await listSeenFields(ctx, action.name)}
        needsAnotherPerson={policyChangeNeedsAnotherPerson}
        mayName={isPermitted(role, "approver.manage")}
        shadowedBy={shadow && shadow.ended === null ? shadow.startedBy : null}
      />
    </Page>
  );
}
