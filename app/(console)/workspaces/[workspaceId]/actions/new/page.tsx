import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { validate as isUuid } from "uuid";
import { LimitReachedNotice } from "@/components/limits/limit-reached-notice";
import { ActionForm } from "@/components/registered-actions/action-form";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { requireSessionUser } from "@/lib/auth/require-user";
import { isPermitted } from "@/lib/domain/access/permissions";
import { actionsPath } from "@/lib/domain/policy/action-paths";
import { ACTION_TEMPLATES } from "@/lib/domain/policy/action-templates";
import { DEFAULT_APPROVAL_VALID_MINUTES } from "@/lib/domain/policy/approval-steps";
import { seenFields } from "@/lib/domain/policy/rules/seen-fields";
import { suggestActionTitle } from "@/lib/domain/policy/suggest-action-title";
import { presentTime } from "@/lib/present-time";
import { getActionDefaults } from "@/lib/registered-actions/get-action-defaults";
import { trySample } from "@/lib/registered-actions/try-sample";
import { typedOf } from "@/lib/registered-actions/typed-of";
import { getUnregisteredAction } from "@/lib/registered-actions/unregistered-actions";

export const metadata: Metadata = { title: "Register an action" };

const EMPTY_ACTION = typedOf(
  {
    name: "",
    title: "",
    description: "",
    riskLevel: "medium",
    approverEmails: [],
    approverGroup: null,
    approvals: 1,
    laterStages: [],
    ruleApprovers: [],
    escalationEmails: [],
    approvalWindowMinutes: null,
    approvalValidMinutes: DEFAULT_APPROVAL_VALID_MINUTES,
    askAgainAfterMinutes: null,
    sentence: null,
    recipientField: null,
    autoReleasesClaims: false,
    requiresRejectComment: false,
    requiresFourEyes: false,
    policy: {
      type: "always_require_approval",
      threshold: null,
      currency: null,
      amountField: "amount",
      currencyField: "currency",
      rules: null,
      changeableFields: [],
    },
  },
  null,
);

export default async function NewActionPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceId: string }>;
  searchParams: Promise<{ from?: string | string[]; run?: string | string[] }>;
}) {
  const { workspaceId } = await params;
  const { from, run: runId } = await searchParams;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  if (!isPermitted(role, "action.manage")) notFound();
  const defaults = await getActionDefaults(ctx);
  const proposed = isUuid(runId) ? await getUnregisteredAction(ctx, String(runId)) : null;
  const start = proposed === null ? EMPTY_ACTION : { ...EMPTY_ACTION, name: proposed.name, title: suggestActionTitle(proposed.name) };
  const sample = proposed?.payload ? JSON.stringify(proposed.payload, null, 2) : null;
  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: `/workspaces/${workspaceId}` },
          { label: "Actions", href: actionsPath(workspaceId) },
          { label: "Register" },
        ]}
      />
      <PageHeader
        title="Register an action"
        description="Name something your agent may want to do, and choose when a person must decide first."
      />
      <LimitReachedNotice
        name="activeActionsPerWorkspace"
        used={defaults.activeActions}
        limit={defaults.activeActionsLimit}
        ownerId={defaults.ownerId}
        isOperator={(await requireSessionUser()).isOperator}
      />
      <ActionForm
        workspaceId={workspaceId}
        start={start}
        firstTrial={{
          trial: trySample(start, sample, { now: await presentTime(), windowMinutes: defaults.windowMinutes }),
          isGiven: sample !== null,
        }}
        seenFields={proposed?.payload ? seenFields([proposed.payload]) : []}
        templates={proposed === null ? ACTION_TEMPLATES : []}
        actionId={null}
        defaults={defaults}
        mayName={isPermitted(role, "approver.manage")}
        isFromSetup={from === "setup"}
      />
    </Page>
  );
}
