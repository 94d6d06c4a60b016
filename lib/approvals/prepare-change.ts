import { circumstancesOf } from "@/lib/action-runs/status/circumstances-of";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import type { ApprovalRequest, RegisteredAction } from "@/lib/db/generated/client";
import { databaseNow } from "@/lib/db/transaction";
import { PAYLOAD_MAX_BYTES } from "@/lib/domain/access/limits";
import { type JsonPatchOperation, patchText } from "@/lib/domain/json/json-patch";
import type { JsonObject } from "@/lib/domain/json-value";
import { changeFields, type FieldProblem, offeredFields } from "@/lib/domain/policy/change-fields";
import { evaluatePolicy } from "@/lib/domain/policy/policies";
import type { PolicyResult } from "@/lib/domain/policy/policy";
import { explainPolicy } from "@/lib/domain/policy/policy-explanation";
import { approversOfRules, neededApprovals } from "@/lib/domain/policy/rules/rule-approvers";
import { type RunFacts, readFacts } from "@/lib/domain/policy/run-facts";
import { type Refusal, refuse, refuseField } from "@/lib/domain/refusals/refusal";
import { type ApprovalStage, type RuleApprovers, stagesOf } from "@/lib/domain/runs/approvals";
import { currentChange } from "@/lib/domain/runs/payload-change";
import { tooLargeText } from "@/lib/domain/text/size-text";
import { stageText } from "@/lib/registered-actions/action-state";
import { changeableFieldsOf, policyRuleOf } from "@/lib/registered-actions/policy-rule";
import { stagesOfAction } from "@/lib/registered-actions/stages-of-action";
import type { WorkspaceContext } from "@/lib/security/context";

/** A change that is within its bounds and that the policy lets a person approve. */
export interface PreparedChange {
  readonly payloadText: string;
  readonly payloadHash: string;
  readonly changes: readonly JsonPatchOperation[];
  readonly changesText: string;
  readonly facts: RunFacts;
}

/**
 * Reads what a person typed into the changeable fields of a pending run, relative to what was proposed, and has the run's policy judge the
 * result: what it would block stays impossible, and so is an approval of what it would ask other people about.
 */
export async function prepareChange(
  ctx: WorkspaceContext,
  { runId, typed, isApproval }: { runId: string; typed: Readonly<Record<string, string>>; isApproval: boolean },
): Promise<{ ok: true; change: PreparedChange } | Refusal> {
  const run = await ctx.db.actionRun.findFirst({
    where: { id: runId, workspaceId: ctx.workspaceId },
    include: {
      action: true,
      policyVersion: true,
      apiKey: { select: { name: true } },
      approvalRequest: true,
      payloadChanges: { orderBy: { id: "asc" } },
      votes: true,
    },
  });
  if (!run?.action || !run.policyVersion || run.payloadText === null) return refuse("run_not_found", "Run not found.");
  if (isApproval && !run.acceptsChanges) return refuseUnchangeable();
  const proposed = JSON.parse(run.payloadText) as JsonObject;
  const fields = changeableFieldsOf(run.policyVersion);
  const current = currentChange(run);
  // What was changed before stays changed, unless it is typed anew.
  const before = current?.payloadText ? offeredFields(JSON.parse(current.payloadText) as JsonObject, fields) : [];
  const changed = changeFields(proposed, fields, { ...Object.fromEntries(before.map(({ field, value }) => [field, value])), ...typed });
  if (!changed.ok) return refuseProblems(changed.problems);
  const payloadHash = jsonHash(changed.payload);
  if (changed.changes.length === 0) return refuseNoChange();
  if (current && Buffer.from(current.payloadHash).toString("hex") === payloadHash)
    return refuseChanges(`${current.changedBy} has already made this change. Approve it as it is.`);
  const payloadText = JSON.stringify(changed.payload);
  const size = Buffer.byteLength(payloadText);
  if (size > PAYLOAD_MAX_BYTES) return refuseChanges(`${tooLargeText("changed payload", size, PAYLOAD_MAX_BYTES)} Shorten it.`);
  const rule = policyRuleOf(run.policyVersion);
  const { name, sentence, recipientField } = run.action;
  const called = { name, title: run.actionTitle ?? run.action.title, sentence };
  const facts = readFacts({ ...called, amountField: rule.amountField, currencyField: rule.currencyField, recipientField }, changed.payload);
  const circumstances = { ...circumstancesOf(run), recipient: facts.recipient, now: await databaseNow(ctx.db) };
  const judged = evaluatePolicy(rule, changed.payload, circumstances);
  if (judged.outcome === "blocked") {
    const why = explainPolicy(rule, changed.payload, judged.reason, { rule: judged.rule?.name ?? null, circumstances, overBudget: null });
    return refuseChanges(`The policy blocks the changed request, so nobody can approve it. ${why.sentence}`);
  }
  const others =
    isApproval && judged.outcome === "pending_approval" && run.approvalRequest
      ? othersAsked(judged, run.action, run.approvalRequest)
      : null;
  if (others !== null) return refuseChanges(`${others} Reject the request with these values, so that the app can propose them.`);
  const change = { payloadText, payloadHash, changes: changed.changes, changesText: patchText(changed.changes), facts };
  return { ok: true, change };
}

/** Why the people who were asked about the request can't approve what it was changed to; null: they can. */
function othersAsked(judged: PolicyResult, action: RegisteredAction, request: ApprovalRequest): string | null {
  const { approverEmails, approvals } = action;
  // The schema checked them before they were stored.
  const [laterStages, ruleApprovers] = [
    action.laterStages as unknown as ApprovalStage[],
    action.ruleApprovers as unknown as RuleApprovers[],
  ];
  const own = approversOfRules(judged.asking ?? [], { approvals, laterStages, ruleApprovers });
  if ((own?.rule ?? null) === request.askedRule) return null;
  if (own) return `The rule “${own.rule}” asks others about the changed request: ${stageText(own)}.`;
  const needed = neededApprovals(stagesOfAction({ approverEmails, approvals, laterStages }) ?? [{ approvals: 1 }]);
  return needed > neededApprovals(stagesOf(request) ?? [{ approvals: 1 }]) ? `The changed request needs ${needed} approvals.` : null;
}

function refuseUnchangeable(): Refusal {
  return refuse(
    "changes_not_accepted",
    "The app that proposed this doesn't take changes, so it can't be approved with one. Reject it with the values that you would accept.",
  );
}

export function refuseNoChange(): Refusal {
  return refuseChanges("No field was changed. Change one, or answer without a change.");
}

function refuseChanges(message: string): Refusal {
  return refuseField("changes", message);
}

function refuseProblems(problems: readonly [FieldProblem, ...FieldProblem[]]): Refusal {
  const [first] = problems;
  return refuse("validation_failed", `${first.field}: ${first.message}`, {
    fields: { errors: problems.map(({ field, message }) => ({ path: `changes.${field}`, message })) },
  });
}
