import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ComparedRuns } from "@/components/backtests/compared-runs";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { PolicyCases } from "@/components/registered-actions/policy-cases";
import { ShadowButtons } from "@/components/shadow-policies/shadow-buttons";
import { ShadowCard } from "@/components/shadow-policies/shadow-card";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Card, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { actionPath, actionsPath } from "@/lib/domain/policy/action-paths";
import { findAction } from "@/lib/registered-actions/find-action";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { compareShadow } from "@/lib/shadow-policies/compare-shadow";
import { getShadow } from "@/lib/shadow-policies/get-shadow";
import { changesInForce } from "@/lib/shadow-policies/in-force";
import { BACKTEST_LIMITS, comparisonCounts } from "@/lib/words/backtest-messages";
import { notEvaluatedText } from "@/lib/words/shadow-messages";
import { getWorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";

export const metadata: Metadata = { title: "Shadow policy" };

export default async function ShadowPage({ params }: { params: Promise<{ workspaceId: string; name: string }> }) {
  const { workspaceId, name } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const action = await findAction(ctx, name);
  const shadow = action && (await getShadow(ctx, action.id));
  if (!shadow) notFound();
  const { result, failed, runs } = await compareShadow(ctx, shadow.id);
  const { policyChangeNeedsAnotherPerson } = await getWorkspaceSettings(ctx);
  const { draft } = shadow;
  const notEvaluated = notEvaluatedText(failed);
  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: `/workspaces/${workspaceId}` },
          { label: "Actions", href: actionsPath(workspaceId) },
          { label: action.title, href: actionPath(workspaceId, action) },
          { label: "Shadow policy" },
        ]}
      />
      {/* Not with each run: comparing many answers takes a while. */}
      <RefreshWhenLive topics={["actions"]} workspaceId={workspaceId} />
      <PageHeader
        title="Shadow policy"
        description={`What the draft would have decided about runs of ${action.title} while it was in shadow.`}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <ShadowCard
            shadow={shadow}
            counts={comparisonCounts(result)}
            policyVersion={action.policyVersion}
            buttons={
              isPermitted(role, "action.manage") ? (
                <ShadowButtons
                  actionHref={actionPath(workspaceId, action)}
                  workspaceId={workspaceId}
                  name={action.name}
                  configVersion={action.configVersion}
                  shadowId={shadow.id}
                  changes={draft && changesInForce(settingsOf(action), draft)}
                  needsAnotherPerson={policyChangeNeedsAnotherPerson}
                />
              ) : undefined
            }
          >
            <div className="grid gap-3 border-t border-line p-4 empty:hidden">
              {notEvaluated === "" ? null : <p className="text-xs text-muted">{notEvaluated}</p>}
              <ComparedRuns workspaceId={workspaceId} result={result} runs={runs} />
            </div>
            <p className="border-t border-line px-4 py-3 text-xs text-muted">{BACKTEST_LIMITS}</p>
          </ShadowCard>
        </div>
        {draft === null ? null : (
          <Card aria-labelledby="draft">
            <CardHeader title="What it decides" id="draft" />
            <PolicyCases rule={draft.policy} />
          </Card>
        )}
      </div>
    </Page>
  );
}
