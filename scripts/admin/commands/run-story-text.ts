import type { RunStory } from "@/lib/action-runs/show/get-run-story";
import type { RunStep } from "@/lib/action-runs/show/run-step";
import { runTimeline } from "@/lib/action-runs/show/run-timeline";
import { approvalsOfRequest } from "@/lib/approvals/read-approvals";
import { approvalsProgress, stillNeeded } from "@/lib/words/approvals-messages";
import { factLines, instantText } from "@/scripts/admin/text-table";

/** A run for the terminal: what it is, then its timeline. */
export function runStoryText(run: RunStory): string {
  const { policyVersion: policy } = run;
  const amount = run.amount === null ? null : [run.amount.toFixed(), run.currency].filter(Boolean).join(" ");
  const facts = factLines([
    ["Run", run.id],
    ["Asks again after", run.previousRunId],
    ["Workspace", `${run.workspace.name}, ${run.workspace.clientName} (${run.workspaceId})`],
    ["Action", `${run.actionName} (${run.actionTitle ?? "not registered"})`],
    ["Wants to", run.sentence],
    ["Status", `${run.governanceStatus}, ${run.claimState === "in_doubt" ? "in doubt" : run.executionStatus}`],
    ["Reason", run.governanceReason],
    ["Approvals", approvalsText(run)],
    ["Policy", policy && `${policy.policyType} ${policy.threshold ?? ""} (version ${policy.version})`.replace("  ", " ")],
    ["Rule", run.policyRule],
    ["Risk", run.riskLevel],
    ["Amount", amount],
    ["Recipient", run.recipient],
    ["Agent says", run.reasoning],
    ["Payload", run.payloadText ?? "erased"],
    ["Approved payload", run.payloadChanges.find(({ appliedAt }) => appliedAt !== null)?.payloadText ?? null],
    ["Result", run.executionResultText],
  ]);
  const steps = runTimeline(run).map((step) => [instantText(step.at) ?? "", stepText(step)] as const);
  const receipts = run.receipts.map((receipt) => [`${receipt.kind} receipt`, receipt.id] as const);
  return [facts, factLines(steps), factLines(receipts)].filter(Boolean).join("\n\n");
}

/** Where several approvals are needed: how many are given, and who must still approve. */
function approvalsText({ approvalRequest, votes, governanceStatus }: RunStory): string | null {
  const approvals = approvalsOfRequest(approvalRequest, votes);
  if (!approvalRequest || !approvals) return null;
  const needed = governanceStatus === "pending_approval" ? stillNeeded(approvals, approvalRequest.approverEmails) : null;
  return [approvalsProgress(approvals), needed && `still needed: ${needed}`].filter(Boolean).join("; ");
}

function stepText({ kind, title, rest, note, quote }: RunStep): string {
  const sentence = `${[title, rest].filter(Boolean).join(" ")}.`;
  const settle = kind === "doubt" ? "Settle it with `run settle`." : null;
  return [sentence, note, settle, quote && `“${quote}”`].filter(Boolean).join(" ");
}
