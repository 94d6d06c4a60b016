import type { Permission } from "@/lib/domain/access/permissions";
import { EMPTY_RULE } from "@/lib/registered-actions/typed-action";
import { MISSING_RUN } from "@/lib/testing/api-suite/api-client";
import { typedBudget } from "@/lib/testing/budgets";
import { typedGrant } from "@/lib/testing/grants";
import type { Things } from "./sweep-world";

export interface ServerActionRow {
  /** What the command asks of a member; null: every member may. Only for server actions of members. */
  readonly permission?: Permission | null;
  /** What an operator's own gets, where its request names nothing that there is. Only for server actions of operators. */
  readonly operatorGets?: { readonly ok: false; readonly detail: string };
  /** A request that is understood. With things that there are not, it changes nothing that another row needs. */
  input(things: Things): unknown;
}

const action = (name: string) => ({
  name,
  title: "Pay supplier",
  description: "",
  riskLevel: "medium",
  approverEmails: [],
  approverGroup: "",
  approvals: "1",
  laterStages: [],
  escalationEmails: [],
  windowCount: "",
  windowUnit: "hour",
  validCount: "24",
  validUnit: "hour",
  coolDownCount: "",
  coolDownUnit: "hour",
  sentence: "",
  recipientField: "",
  requiresRejectComment: false,
  requiresFourEyes: false,
  autoReleasesClaims: false,
  policy: {
    type: "always_require_approval",
    threshold: "",
    currency: "",
    amountField: "amount",
    currencyField: "currency",
    rules: { rules: [EMPTY_RULE], otherwise: "ask" },
    changeableFields: [],
  },
  configVersion: 1,
});

const PASSED_ON = { from: "ann@example.com", to: "ben@example.com" };

const PASSWORD = "a long enough passphrase";

/** What is asked of each server action. A new one needs a row. */
export const SERVER_ACTION_ROWS: Readonly<Record<string, ServerActionRow>> = {
  "action-runs settleRunInDoubt": {
    permission: "run.settle",
    input: ({ doubtfulRunId }) => ({ runId: doubtfulRunId, settlement: "executed" }),
  },
  "action-runs eraseRunData": {
    permission: "run.erase",
    input: ({ decidedRunId }) => ({ runId: decidedRunId, reason: "Asked for by the sweep" }),
  },
  "action-runs sendTestRequest": { permission: "action.manage", input: () => ({ name: "swept_by_nobody", payload: "{}" }) },
  "action-runs lookAtRunsAgain": { permission: "run.read", input: ({ runId }) => ({ search: "", ids: [runId] }) },
  "action-runs saveRunsView": { permission: "run.read", input: () => ({ name: "Swept", search: "status=rejected" }) },
  "action-runs renameRunsView": { permission: "run.read", input: ({ viewId }) => ({ id: viewId, name: "Swept again" }) },
  "action-runs deleteRunsView": { permission: "run.read", input: ({ viewId }) => ({ id: viewId }) },
  "api-keys createKey": { permission: "key.manage", input: () => ({ kind: "api", name: "Made by the sweep" }) },
  "api-keys rotateKey": { permission: "key.manage", input: ({ keyId }) => ({ id: keyId, overlapMinutes: 0 }) },
  "api-keys revokeKey": { permission: "key.manage", input: ({ keyId }) => ({ id: keyId }) },
  "approvals submitDecision": { input: ({ runId }) => ({ runId, decision: "reject", comment: null, isConfirmed: false }) },
  "approvals submitGrantedApproval": { input: ({ runId }) => ({ runId, comment: null, isConfirmed: false, grant: typedGrant() }) },
  "approvals submitDecisions": { input: ({ runId }) => ({ runIds: [runId], decision: "reject", comment: null, isConfirmed: false }) },
  "approvals revokeDecision": { input: ({ runId }) => ({ runId, comment: null }) },
  "approvals withdrawRequest": { permission: "run.withdraw", input: () => ({ runId: MISSING_RUN, reason: "Asked for by the sweep" }) },
  "approvals lookAtReassignment": { permission: "run.read", input: ({ runId }) => ({ runId }) },
  "approvals reassignRequest": { permission: "run.reassign", input: () => ({ runId: MISSING_RUN, ...PASSED_ON }) },
  "approvals lookAtMemberRequests": { permission: "run.reassign", input: ({ userId }) => ({ userId }) },
  "approvals reassignRequests": { permission: "run.reassign", input: () => PASSED_ON },
  "approvals mailApproversAgain": { permission: "run.ask", input: ({ runId }) => ({ runId, email: null }) },
  "groups submitNewGroup": { permission: "approver.manage", input: () => ({ name: "Swept", members: ["nobody@example.com"] }) },
  "groups submitEditedGroup": {
    permission: "approver.manage",
    input: ({ groupId }) => ({ id: groupId, name: "Edited", members: ["nobody@example.com"] }),
  },
  "groups lookAtDroppedFromGroup": { permission: "approver.manage", input: ({ groupId }) => ({ id: groupId, members: [] }) },
  "groups removeGroup": { permission: "approver.manage", input: () => ({ id: MISSING_RUN }) },
  "backtests runNewBacktest": {
    permission: "backtest.run",
    input: ({ actionName }) => ({ name: actionName, days: 7, draft: { policy: { type: "always_block" } } }),
  },
  "backtests lookAtBacktest": { permission: "backtest.run", input: ({ backtestId }) => ({ backtestId }) },
  "backtests cancelOneBacktest": { permission: "backtest.run", input: ({ backtestId }) => ({ backtestId }) },
  "budgets submitNewBudget": { permission: "budget.manage", input: () => ({ ...typedBudget(), name: "Swept" }) },
  "budgets submitEditedBudget": {
    permission: "budget.manage",
    input: ({ budgetId }) => ({ id: budgetId, name: "Edited", countsAllActions: true, actions: [], limit: "3000", whenExceeded: "block" }),
  },
  "grants revokeStandingGrant": { permission: "grant.revoke", input: () => ({ grantId: MISSING_RUN }) },
  "grants confirmStandingGrant": { permission: "run.read", input: () => ({ grantId: MISSING_RUN }) },
  "budgets removeBudget": { permission: "budget.manage", input: () => ({ id: MISSING_RUN }) },
  "freezes freeze": { permission: "freeze.start", input: () => ({ actionName: "not_registered", apiKeyId: null, reason: "Swept" }) },
  "freezes unfreeze": { permission: "freeze.end", input: () => ({ freezeId: MISSING_RUN, comment: null }) },
  "freezes saveThawRule": { permission: "workspace.manage", input: () => ({ thawNeedsAnotherPerson: true }) },
  "freezes freezeEverything": { input: () => ({ reason: "Swept" }) },
  "freezes thawEverything": {
    operatorGets: { ok: false, detail: "Freeze not found." },
    input: () => ({ freezeId: MISSING_RUN, comment: null }),
  },
  "policy-proposals savePolicyRule": { permission: "policy_rule.manage", input: () => ({ policyChangeNeedsAnotherPerson: false }) },
  "policy-proposals confirmPolicyChange": { permission: "policy_change.confirm", input: ({ proposalId }) => ({ proposalId }) },
  "policy-proposals declinePolicyChange": {
    permission: "policy_change.confirm",
    input: () => ({ proposalId: MISSING_RUN, comment: null }),
  },
  "policy-proposals withdrawPolicyChange": { permission: "action.read", input: ({ proposalId }) => ({ proposalId }) },
  "shadow-policies runInShadow": {
    permission: "action.manage",
    input: () => ({ name: "swept_by_nobody", draft: { policy: { type: "always_block" } } }),
  },
  "shadow-policies stopOneShadow": {
    permission: "action.manage",
    input: ({ actionName }) => ({ name: actionName, shadowId: MISSING_RUN }),
  },
  "shadow-policies putShadowInForce": {
    permission: "action.manage",
    input: ({ actionName, shadowId }) => ({ name: actionName, shadowId, configVersion: 1_000_000, comment: "" }),
  },
  "limits submitPlan": { input: ({ userId }) => ({ userId, plan: "settings" }) },
  "limits submitLimits": {
    input: ({ userId }) => ({
      userId,
      plan: "settings",
      limits: {
        activeWorkspaces: "",
        activeActionsPerWorkspace: "",
        runsPerMonth: "",
        emailsPerMonth: "",
        interceptsPerMinute: "",
        interceptsPerDay: "",
      },
    }),
  },
  "management-keys submitNewManagementKey": {
    permission: "management_key.manage",
    input: () => ({ name: "Made by the sweep", scopes: ["actions:read"] }),
  },
  "management-keys submitRevokedManagementKey": {
    permission: "management_key.manage",
    input: ({ managementKeyId }) => ({ id: managementKeyId }),
  },
  "mailer mailATest": { input: () => ({}) },
  "members findInvitationLink": { input: ({ invitationId }) => ({ invitationId }) },
  "members submitInvitation": { permission: "member.manage", input: () => ({ email: "swept@example.com", role: "viewer" }) },
  "members mailInvitationAgain": { permission: "member.manage", input: ({ invitationId }) => ({ invitationId }) },
  "members takeInvitationBack": { permission: "member.manage", input: ({ invitationId }) => ({ invitationId }) },
  "members giveRole": { permission: "member.manage", input: ({ userId }) => ({ userId, role: "approver" }) },
  "members lookAtRoleEndings": { permission: "member.manage", input: ({ userId }) => ({ userId, role: "viewer" }) },
  "members takeMemberOut": { permission: "member.manage", input: ({ userId }) => ({ userId }) },
  "members lookAtMemberRights": { permission: "member.manage", input: ({ userId }) => ({ userId }) },
  "members leave": { permission: null, input: () => ({}) },
  "members disableUser": { input: ({ userId }) => ({ userId }) },
  "members enableUser": { input: ({ userId }) => ({ userId }) },
  "members joinAsMe": { input: ({ linkToken }) => ({ token: linkToken }) },
  "members joinAsNew": { input: ({ linkToken }) => ({ token: linkToken, name: "Sweep", password: PASSWORD }) },
  "receipts submitNewShare": {
    permission: "receipt.share",
    input: ({ receiptId }) => ({ receiptId, payload: "withheld", endsAfter: "7" }),
  },
  "receipts revokeOneShare": { permission: "receipt.share", input: ({ shareId }) => ({ id: shareId }) },
  "registered-actions submitNewAction": { permission: "action.manage", input: () => action("swept_action") },
  "registered-actions submitEditedAction": { permission: "action.manage", input: ({ actionName }) => action(actionName) },
  "registered-actions submitStarterPack": { permission: "action.manage", input: () => ({ agent: "codex" }) },
  "registered-actions submitToolActions": {
    permission: "action.manage",
    input: ({ runId }) => ({ runId, policies: { swept_tool: "log_only" } }),
  },
  "registered-actions lookAtDroppedApprovers": {
    permission: "approver.manage",
    input: ({ actionName }) => ({ name: actionName, approverEmails: [], laterStages: [], escalationEmails: [] }),
  },
  "registered-actions submitRestoredPolicy": {
    permission: "action.manage",
    input: ({ actionName }) => ({ name: actionName, version: 1, configVersion: 1 }),
  },
  "registered-actions switchAction": { permission: "action.manage", input: ({ actionName }) => ({ name: actionName, isActive: false }) },
  "registered-actions checkActionName": { permission: "action.read", input: ({ actionName }) => ({ name: actionName }) },
  "search search": { input: ({ workspaceName }) => ({ text: workspaceName }) },
  "users submitSignUp": { input: () => ({ name: "Sweep", email: "swept@example.com", password: PASSWORD }) },
  "users submitSignUpConfirmation": { input: ({ linkToken }) => ({ token: linkToken }) },
  "users mailSignInLink": { input: () => ({ email: "nobody@example.com" }) },
  "users mailPasswordReset": { input: () => ({ email: "nobody@example.com" }) },
  "users submitNewPassword": { input: ({ linkToken }) => ({ token: linkToken, password: PASSWORD }) },
  "users renameMe": { input: () => ({ name: "Somebody" }) },
  "users changeMyPassword": { input: () => ({ currentPassword: "not it", password: PASSWORD }) },
  "users revokeMySession": { input: ({ sessionId }) => ({ sessionId }) },
  "users setMyAbsence": {
    input: ({ userId }) => ({ colleagueId: userId, startsAt: "2026-01-01T00:00:00Z", endsAt: "2026-01-02T00:00:00Z" }),
  },
  "users endMyAbsence": { input: () => ({}) },
  "users signMeOutEverywhere": { input: () => ({}) },
  "webhooks submitNewWebhook": {
    permission: "webhook.manage",
    input: () => ({ kind: "webhook", url: "https://example.com/swept", eventTypes: ["run.decided"] }),
  },
  "webhooks submitEditedWebhook": {
    permission: "webhook.manage",
    input: ({ webhookId }) => ({ id: webhookId, url: "https://example.com/swept", eventTypes: ["run.failed"] }),
  },
  "webhooks rotateSecret": { permission: "webhook.manage", input: ({ webhookId }) => ({ id: webhookId, overlapMinutes: 60 }) },
  "webhooks switchOneWebhook": { permission: "webhook.manage", input: ({ webhookId }) => ({ id: webhookId, isEnabled: false }) },
  "webhooks removeWebhook": { permission: "webhook.manage", input: () => ({ id: MISSING_RUN }) },
  "webhooks sendTest": { permission: "webhook.manage", input: ({ webhookId }) => ({ id: webhookId }) },
  "webhooks redeliver": { permission: "webhook.manage", input: ({ webhookId }) => ({ id: webhookId, deliveryId: MISSING_RUN }) },
  "workspaces createMyWorkspace": { input: () => ({ name: "Made by the sweep", clientName: "Nobody" }) },
  "workspaces saveNames": {
    permission: "workspace.manage",
    input: ({ workspaceName }) => ({ name: workspaceName, clientName: "Halvorsen" }),
  },
  "workspaces lookAtDroppedByRouting": { permission: "workspace.manage", input: () => ({ approvers: [], escalation: [] }) },
  "workspaces saveRouting": {
    permission: "workspace.manage",
    input: () => ({
      approvers: [],
      approvalWindowMinutes: null,
      escalation: [],
      remindsAtHalf: true,
      remindsNearEnd: false,
      escalationPercent: 50,
    }),
  },
  "retention saveDataRetention": { permission: "run.erase", input: () => ({ keptDays: null }) },
  "retention countRunsPastRetention": { permission: "run.erase", input: () => ({ keptDays: 30 }) },
  "workspaces saveCheckpointMail": { permission: "log.mail", input: () => ({ checkpointReceivers: [] }) },
  "workspaces removeWorkspace": { permission: "workspace.delete", input: () => ({ name: "not the name" }) },
};
