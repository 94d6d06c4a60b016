import type { Metadata } from "next";
import { ActiveFreezeCard } from "@/components/freezes/active-freeze-card";
import { EndedFreezes } from "@/components/freezes/ended-freezes";
import { FreezeForm } from "@/components/freezes/freeze-form";
import { ThawButton } from "@/components/freezes/thaw-button";
import { ThawRuleForm } from "@/components/freezes/thaw-rule-form";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import type { Role } from "@/lib/domain/access/roles";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { listFreezeTargets } from "@/lib/freezes/list-freeze-targets";
import { type ActiveFreeze, listFreezes } from "@/lib/freezes/list-freezes";
import { getWorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";

export const metadata: Metadata = { title: "Freezes" };

/** What is frozen, what may still be running, and the form to freeze more. */
export default async function FreezesPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const [{ active, ended }, targets, settings] = await Promise.all([
    listFreezes(ctx),
    isPermitted(role, "freeze.start") ? listFreezeTargets(ctx) : null,
    getWorkspaceSettings(ctx),
  ]);
  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: `/workspaces/${workspaceId}` }, { label: "Freezes" }]} />
      <RefreshWhenLive topics={["runs", "workspace"]} workspaceId={workspaceId} />
      <PageHeader title="Freezes" description="Stop the workspace, one action or one API key, until someone thaws it." />
      <div className="grid max-w-[720px] gap-4">
        {active.map((freeze) => (
          <ActiveFreezeCard
            freeze={freeze}
            key={freeze.id}
            action={
              mayThaw(freeze, role, ctx.actor.email) ? (
                <div>
                  <ThawButton freeze={freeze} />
                </div>
              ) : (
                <p className="text-muted">{whoThaws(freeze, role)}</p>
              )
            }
          />
        ))}
        {targets === null ? null : (
          <Card aria-labelledby="freeze">
            <CardHeader title={active.length === 0 ? "Freeze" : "Freeze something else"} id="freeze" />
            <CardBody>
              <FreezeForm workspaceId={workspaceId} targets={targets} />
            </CardBody>
          </Card>
        )}
        {isPermitted(role, "workspace.manage") ? (
          <Card aria-labelledby="thaw-rule">
            <CardHeader title="Who can thaw" id="thaw-rule" />
            <CardBody>
              <ThawRuleForm workspaceId={workspaceId} thawNeedsAnotherPerson={settings.thawNeedsAnotherPerson} />
            </CardBody>
          </Card>
        ) : null}
        <EndedFreezes freezes={ended} />
      </div>
    </Page>
  );
}

function mayThaw(freeze: ActiveFreeze, role: Role, reader: string): boolean {
  if (freeze.workspaceId === null || !isPermitted(role, "freeze.end")) return false;
  return !(freeze.needsAnotherPerson && isSamePerson(freeze.frozenBy, reader));
}

function whoThaws({ workspaceId }: ActiveFreeze, role: Role): string {
  if (workspaceId === null) return "Only an operator can thaw the whole console.";
  return isPermitted(role, "freeze.end") ? "You froze it, so another owner or admin must thaw it." : "An owner or admin can thaw it.";
}
