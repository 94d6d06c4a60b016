import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { VisibleText } from "@/components/action-runs/visible-text";
import { CountingBudgets } from "@/components/budgets/counting-budgets";
import { FreezeButton } from "@/components/freezes/freeze-button";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { ActionProposal } from "@/components/policy-proposals/action-proposal";
import { ActionFacts } from "@/components/registered-actions/action-facts";
import { ActionHistory } from "@/components/registered-actions/action-history";
import { ActionRuns } from "@/components/registered-actions/action-runs";
import { ActionSnippet } from "@/components/registered-actions/action-snippet";
import { ActionSwitch } from "@/components/registered-actions/action-switch";
import { ActiveMark } from "@/components/registered-actions/active-mark";
import { ManagedNotice } from "@/components/registered-actions/managed-notice";
import { PolicyCases } from "@/components/registered-actions/policy-cases";
import { SentencePreview } from "@/components/registered-actions/sentence-preview";
import { TestRequestDialog } from "@/components/registered-actions/test-request-dialog";
import { UnapprovableNotice } from "@/components/registered-actions/unapprovable-notice";
import { VersionCompare } from "@/components/registered-actions/version-compare";
import { ShadowButtons } from "@/components/shadow-policies/shadow-buttons";
import { ShadowCard } from "@/components/shadow-policies/shadow-card";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { listBudgets } from "@/lib/budgets/list-budgets";
import { isPermitted } from "@/lib/domain/access/permissions";
import { actionPath, actionsPath, editActionPath, shadowPath } from "@/lib/domain/policy/action-paths";
import { testRequestPayload } from "@/lib/domain/policy/first-run-payload";
import { listProposals } from "@/lib/policy-proposals/list-proposals";
import { managedByOf } from "@/lib/registered-actions/action-document";
import { findAction } from "@/lib/registered-actions/find-action";
import { getActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import { listActionActivity } from "@/lib/registered-actions/list-action-activity";
import { listActionChanges } from "@/lib/registered-actions/list-action-changes";
import { listPolicyVersions } from "@/lib/registered-actions/list-policy-versions";
import { listUnapprovable } from "@/lib/registered-actions/list-unapprovable";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { countAnswers, getShadow } from "@/lib/shadow-policies/get-shadow";
import { changesInForce } from "@/lib/shadow-policies/in-force";
import { policySummary } from "@/lib/words/policy-labels";
import { getWorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";

type Params = Promise<{ workspaceId: string; name: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await params).name };
}

const MAX_ENTRIES = 50;

export default async function ActionPage({ params }: { params: Params }) {
  const { workspaceId, name } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const action = await findAction(ctx, name);
  if (!action) notFound();
  const settings = settingsOf(action);
  const defaults = await getActionDefaults(ctx);
  const versions = await listPolicyVersions(ctx, action.id);
  const changes = await listActionChanges(ctx, action.id, { limit: MAX_ENTRIES });
  const activity = (await listActionActivity(ctx, action.name)).get(action.name);
  const unapprovable = await listUnapprovable(ctx, action.name);
  const proposals = await listProposals(ctx, { actionId: action.id });
  const { policyChangeNeedsAnotherPerson } = await getWorkspaceSettings(ctx);
  const shadow = await getShadow(ctx, action.id);
  const budgets = await listBudgets(ctx, { actionId: action.id });
  const mayManage = isPermitted(role, "action.manage");
  // Once an app has called it, the code matters less.
  const isUsed = (activity?.lastRunAt ?? null) !== null;
  const snippet = <ActionSnippet settings={settings} />;

  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: `/workspaces/${workspaceId}` },
          { label: "Actions", href: actionsPath(workspaceId) },
          { label: action.title },
        ]}
      />
      <RefreshWhenLive topics={["actions", "runs", "budgets"]} workspaceId={workspaceId} />
      <PageHeader
        title={action.title}
        description={action.description === "" ? undefined : <VisibleText text={action.description} />}
        badges={
          <>
            <ActiveMark isActive={action.isActive} quiet={false} size="lg" />
            <RiskMark level={settings.riskLevel} />
            <code className="font-mono text-xs wrap-anywhere text-muted">{action.name}</code>
          </>
        }
        actions={
          mayManage || isPermitted(role, "freeze.start") ? (
            <>
              {isPermitted(role, "freeze.start") ? (
                <FreezeButton target={{ scope: "action", workspaceId, name: action.title, actionName: action.name }} />
              ) : null}
              {mayManage ? (
                <>
                  {action.isActive ? (
                    <TestRequestDialog
                      workspaceId={workspaceId}
                      name={action.name}
                      title={action.title}
                      sample={JSON.stringify(testRequestPayload({ ...settings, rule: settings.policy }), null, 2)}
                    />
                  ) : null}
                  <ActionSwitch
                    workspaceId={workspaceId}
                    name={action.name}
                    title={action.title}
                    isActive={action.isActive}
                    needsAnotherPerson={policyChangeNeedsAnotherPerson}
                  />
                  <ButtonLink href={editActionPath(workspaceId, action)} icon={<Pencil />}>
                    Edit
                  </ButtonLink>
                </>
              ) : null}
            </>
          ) : undefined
        }
      />
      <div className="mb-4 empty:hidden">
        <ManagedNotice managedBy={managedByOf(action)} />
      </div>
      <UnapprovableNotice actions={unapprovable} />
      {proposals.map((proposal) => (
        <ActionProposal
          key={proposal.id}
          workspaceId={workspaceId}
          name={action.name}
          proposal={proposal}
          mayConfirm={isPermitted(role, "policy_change.confirm")}
          mayBacktest={isPermitted(role, "backtest.run")}
        />
      ))}
      {shadow === null || shadow.ended !== null ? null : (
        <div className="mb-4">
          <ShadowCard
            shadow={shadow}
            counts={await countAnswers(ctx, shadow.id)}
            policyVersion={action.policyVersion}
            href={shadowPath(workspaceId, action)}
            buttons={
              mayManage ? (
                <ShadowButtons
                  actionHref={actionPath(workspaceId, action)}
                  workspaceId={workspaceId}
                  name={action.name}
                  configVersion={action.configVersion}
                  shadowId={shadow.id}
                  changes={shadow.draft && changesInForce(settings, shadow.draft)}
                  needsAnotherPerson={policyChangeNeedsAnotherPerson}
                />
              ) : undefined
            }
          />
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <Card aria-labelledby="policy">
            <CardHeader title={policySummary(settings.policy)} id="policy" note={`policy version ${action.policyVersion}`} />
            <PolicyCases rule={settings.policy} />
          </Card>
          <SentencePreview settings={settings} />
          {isUsed ? null : snippet}
          <VersionCompare
            key={action.policyVersion}
            workspaceId={workspaceId}
            name={action.name}
            configVersion={action.configVersion}
            versions={versions}
            mayManage={mayManage}
            needsAnotherPerson={policyChangeNeedsAnotherPerson}
          />
          <Card aria-labelledby="history">
            <CardHeader
              title="Changes"
              id="history"
              note={changes.length === MAX_ENTRIES ? `the last ${MAX_ENTRIES} changes` : undefined}
            />
            <ActionHistory entries={changes} />
          </Card>
          {isUsed ? snippet : null}
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <ActionRuns
            workspaceId={workspaceId}
            name={action.name}
            recentRuns={activity?.recentRuns ?? 0}
            lastRunAt={activity?.lastRunAt ?? null}
          />
          {shadow?.ended ? (
            <ShadowCard shadow={shadow} policyVersion={action.policyVersion} href={shadowPath(workspaceId, action)} />
          ) : null}
          <CountingBudgets workspaceId={workspaceId} budgets={budgets} />
          <ActionFacts settings={settings} defaults={defaults} />
        </div>
      </div>
    </Page>
  );
}
