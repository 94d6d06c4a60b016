import type { Command } from "commander";
import { z } from "zod";
import { CODING_AGENTS } from "@/lib/domain/hooks/coding-agents";
import type { JsonValue } from "@/lib/domain/json-value";
import { policySnapshot } from "@/lib/domain/policy/policy-snapshot";
import { POLICY_TYPES } from "@/lib/domain/policy/policy-types";
import { askedPeopleText, ruleApproversText, stageText } from "@/lib/registered-actions/action-state";
import { addStarterPack } from "@/lib/registered-actions/add-starter-pack";
import { editAction } from "@/lib/registered-actions/edit-action";
import { type ActionWithPolicy, getAction, listActions } from "@/lib/registered-actions/list-actions";
import { listUnapprovable } from "@/lib/registered-actions/list-unapprovable";
import { changeableFieldsOf, policyRuleOf } from "@/lib/registered-actions/policy-rule";
import { registerAction } from "@/lib/registered-actions/register-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { stagesOfAction } from "@/lib/registered-actions/stages-of-action";
import { unapprovableMessage } from "@/lib/words/unapprovable-messages";
import { addCommand } from "@/scripts/admin/add-command";
import { requireFound, requireOk } from "@/scripts/admin/command-error";
import { idValue, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { textTable } from "@/scripts/admin/text-table";
import { waiting } from "@/scripts/admin/waiting";
import { actionFrom, clearingOptions, policyOption, settingOptions, settingsInput } from "./action-options";
import { addBacktestCommand } from "./add-backtest-command";

const which = () => [required("--workspace <id>", "the workspace"), required("--name <name>", "the action's name, as the agent calls it")];
const whichInput = { workspace: idValue, name: z.string() };

export function addActionCommands(program: Command): void {
  const group = program.command("action").description("Registered actions and their policies.");
  addCommand(group, {
    usage: "register",
    summary: "Register an action. From then on, the policy decides its proposals.",
    options: [...which(), policyOption().makeOptionMandatory(), ...settingOptions()],
    examples: [
      "action register --workspace WORKSPACE_ID --name send_invoice_reminder --policy require_approval_above_amount --threshold 500 --approver ada@example.com",
      "action register --workspace WORKSPACE_ID --name export_report --policy always_allow --risk low",
      "action register --workspace WORKSPACE_ID --name refund_customer --policy rules --rules refunds.yaml",
      "action register --workspace WORKSPACE_ID --name refund_customer --policy always_require_approval --changeable amount:not-above --changeable currency:one-of:EUR,USD",
      "action register --workspace WORKSPACE_ID --name wire_transfer --policy always_require_approval --approver ann@example.com --approver ben@example.com --approver chi@example.com --approvals 2 --stage 1:eve@example.com",
    ],
    input: z.strictObject({ ...whichInput, ...settingsInput, policy: z.enum(POLICY_TYPES) }),
    async run({ workspace, name, ...settings }) {
      const ctx = await requireWorkspace(workspace);
      requireOk(await registerAction(ctx, actionFrom(name, settings)));
      const action = requireFound(await getAction(ctx, name), "such action");
      const warnings = (await listUnapprovable(ctx, name)).map(unapprovableMessage);
      return {
        document: { ...actionDocument(action), ...(warnings.length > 0 && { warnings }) },
        text: [`Registered ${name} (${action.id}).`, ...warnings].join("\n"),
      };
    },
  });
  addCommand(group, {
    usage: "edit",
    summary: "Edit an action. Omitted options stay the same. Changing the policy creates a new version, and old runs keep theirs.",
    options: [...which(), policyOption(), ...settingOptions(), ...clearingOptions()],
    examples: [
      "action edit --workspace WORKSPACE_ID --name send_invoice_reminder --threshold 750",
      "action edit --workspace WORKSPACE_ID --name send_invoice_reminder --approver ada@example.com --approver bo@example.com --no-sentence",
    ],
    input: z.strictObject({ ...whichInput, ...settingsInput, policy: z.enum(POLICY_TYPES).optional() }),
    async run({ workspace, name, ...settings }) {
      const ctx = await requireWorkspace(workspace);
      const now = requireFound(await getAction(ctx, name), `action named ${name} in this workspace`);
      const { proposalId } = requireOk(await editAction(ctx, actionFrom(name, settings, now)));
      if (proposalId !== null) return waiting(proposalId);
      const action = requireFound(await getAction(ctx, name), "such action");
      const warnings = (await listUnapprovable(ctx, name)).map(unapprovableMessage);
      return {
        document: { ...actionDocument(action), ...(warnings.length > 0 && { warnings }) },
        text: [`Changed ${name}; its policy is version ${action.policyVersion}.`, ...warnings].join("\n"),
      };
    },
  });
  addBacktestCommand(group);
  addCommand(group, {
    usage: "starter-pack",
    summary: "Register the actions of a coding agent with sensible rules. Actions that exist stay as they are.",
    options: [required("--workspace <id>", "the workspace"), required("--agent <name>", "claude_code or codex")],
    examples: ["action starter-pack --workspace WORKSPACE_ID --agent claude_code"],
    input: z.strictObject({ workspace: idValue, agent: z.enum(CODING_AGENTS) }),
    async run({ workspace, agent }) {
      const { added } = requireOk(await addStarterPack(await requireWorkspace(workspace), { agent }));
      return { document: { added }, text: added.length > 0 ? `Registered ${added.join(" and ")}.` : "Nothing to add: they all exist." };
    },
  });
  addCommand(group, {
    usage: "list",
    summary: "List a workspace's actions.",
    options: [required("--workspace <id>", "the workspace")],
    examples: ["action list --workspace WORKSPACE_ID"],
    input: z.strictObject({ workspace: idValue }),
    async run({ workspace }) {
      const actions = await listActions(await requireWorkspace(workspace));
      return {
        document: { actions: actions.map(actionDocument) },
        text: textTable(
          ["Name", "Policy", "Version", "Threshold", "Risk", "Active", "Approvers"],
          actions.map((action) => [
            action.name,
            action.policy.policyType,
            action.policyVersion,
            [action.policy.threshold, action.policy.currency].filter(Boolean).join(" "),
            action.riskLevel,
            action.isActive ? "yes" : "no",
            approversText(action),
          ]),
        ),
      };
    },
  });
  addSwitch(group, { usage: "deactivate", isActive: false, summary: "Deactivate an action: its proposals are blocked." });
  addSwitch(group, { usage: "activate", isActive: true, summary: "Activate an action again." });
}

function addSwitch(group: Command, { usage, isActive, summary }: { usage: string; isActive: boolean; summary: string }): void {
  addCommand(group, {
    usage,
    summary,
    options: which(),
    examples: [`action ${usage} --workspace WORKSPACE_ID --name send_invoice_reminder`],
    input: z.strictObject(whichInput),
    async run({ workspace, name }) {
      const ctx = await requireWorkspace(workspace);
      const { proposalId } = requireOk(await setActionActive(ctx, { name, isActive }));
      if (proposalId !== null) return waiting(proposalId);
      const action = requireFound(await getAction(ctx, name), "such action");
      return { document: actionDocument(action), text: `${name} is ${isActive ? "active" : "inactive"}.` };
    },
  });
}

/** "2 of ann@example.com, ben@example.com, then 1 of dot@example.com"; where one approval is enough, who is asked. Then whom rules ask. */
function approversText(action: ActionWithPolicy): string {
  const settings = settingsOf(action);
  const stages = stagesOfAction(settings);
  const own = stages?.map(stageText).join(", then ") ?? askedPeopleText(settings.approverEmails, settings.approverGroup);
  return [own, ...settings.ruleApprovers.map(ruleApproversText)].filter((text) => text !== "").join("; ");
}

function actionDocument(action: ActionWithPolicy) {
  return {
    action_id: action.id,
    workspace_id: action.workspaceId,
    name: action.name,
    title: action.title,
    description: action.description,
    risk_level: action.riskLevel,
    is_active: action.isActive,
    policy_version: action.policyVersion,
    policy: {
      ...policySnapshot(policyRuleOf(action.policy)),
      ...(action.policy.rules !== null && { rules: action.policy.rules as JsonValue }),
    },
    changeable_fields: changeableFieldsOf(action.policy).map((one) => ({ ...one })),
    approvers: action.approverEmails,
    approver_group: action.approverGroup,
    approvals: action.approvals,
    later_stages: action.laterStages as JsonValue,
    rule_approvers: action.ruleApprovers as JsonValue,
    escalation: action.escalationEmails,
    approval_window_minutes: action.approvalWindowMinutes,
    approval_valid_minutes: action.approvalValidMinutes,
    ask_again_after_minutes: action.askAgainAfterMinutes,
    sentence: action.sentence,
    recipient_field: action.recipientField,
    auto_releases_claims: action.autoReleasesClaims,
    requires_reject_comment: action.requiresRejectComment,
    requires_four_eyes: action.requiresFourEyes,
    created_at: action.createdAt.toISOString(),
  };
}
