import type { RunStory } from "@/lib/action-runs/show/get-run-story";
import type { RunStep } from "@/lib/action-runs/show/run-step";
import { runTimeline } from "@/lib/action-runs/show/run-timeline";
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

function stepText({ kind, title, rest, note, quote }: RunStep): string {
  const sentence = `${[title, rest].filter(Boolean).join(" ")}.`;
  const settle = kind === "doubt" ? "Settle it with `run settle`." : null;
  return [sentence, note, settle, quote && `“${quote}”`].filter(Boolean).join(" ");
}
