import type { PolicyRule } from "@/lib/domain/policy/policy-types";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import { getEnv } from "@/lib/env";
import { npmPackagePath } from "@/lib/packages/npm-package";
import { getPythonPackage } from "@/lib/packages/python-package";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { type SetupStep, setupSteps } from "@/lib/words/setup-steps";
import { readSetupFacts } from "./setup-facts";

export interface Setup {
  steps: SetupStep[];
  baseUrl: string;
  /** The Python SDK, as pip installs it. */
  wheelUrl: string;
  /** The TypeScript SDK, as npm installs it. */
  npmUrl: string;
  createdBy: string;
  /** The newest valid keys; only their hints are stored. */
  apiKeyHint: string | null;
  workspaceKeyHint: string | null;
  /** The newest active action, for the snippet. */
  action: { name: string; title: string; sentence: string | null; recipientField: string | null; rule: PolicyRule } | null;
  firstRun: { id: string; status: GovernanceStatus; reason: string; decidedBy: string | null } | null;
  /** The run whose receipt has the full history. */
  receiptRunId: string | null;
  /** Who is asked when the action names nobody. */
  approverEmails: string[];
}

/** How far the workspace is on its way to the first receipt, and what its snippets are filled with. */
export async function getSetup(ctx: WorkspaceContext): Promise<Setup> {
  const { workspaceId, db } = ctx;
  await requirePermission(ctx, "run.read");
  const { DAAI_PUBLIC_URL } = getEnv();
  const [facts, workspace, action] = [
    await readSetupFacts(ctx),
    await db.workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: { approverEmails: true, owner: { select: { email: true } } },
    }),
    await newestAction(ctx),
  ];
  const ownApprovers = action?.approverEmails ?? [];
  const approverEmails = [ownApprovers, workspace.approverEmails, [workspace.owner.email]].find((emails) => emails.length > 0) ?? [];
  return {
    steps: setupSteps(facts),
    baseUrl: `${DAAI_PUBLIC_URL}/api`,
    wheelUrl: `${DAAI_PUBLIC_URL}${getPythonPackage().path}`,
    npmUrl: `${DAAI_PUBLIC_URL}${npmPackagePath("daai-js")}`,
    createdBy: workspace.owner.email,
    apiKeyHint: facts.apiKeyHint,
    workspaceKeyHint: facts.workspaceKeyHint,
    action: action && {
      name: action.name,
      title: action.title,
      sentence: action.sentence,
      recipientField: action.recipientField,
      rule: action.rule,
    },
    firstRun: facts.firstRun,
    receiptRunId: facts.receiptRunId,
    approverEmails,
  };
}

async function newestAction({ workspaceId, db }: WorkspaceContext) {
  const action = await db.registeredAction.findFirst({ where: { workspaceId, isActive: true }, orderBy: { id: "desc" } });
  if (!action) return null;
  const where = { actionId_version: { actionId: action.id, version: action.policyVersion } };
  return { ...action, rule: policyRuleOf(await db.policyVersion.findUniqueOrThrow({ where })) };
}
