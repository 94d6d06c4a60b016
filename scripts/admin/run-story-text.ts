import type { RunStory } from "@/lib/action-runs/get-run-story";
import { factLines, instantText } from "./text-table";

type Step = readonly [at: Date | null, text: string];

/** A run's story for the terminal: what it is, then what happened, in order. */
export function runStoryText(run: RunStory): string {
  const { action, policyVersion: policy } = run;
  const amount = run.amount === null ? null : [run.amount.toFixed(), run.currency].filter(Boolean).join(" ");
  const facts = factLines([
    ["Run", run.id],
    ["Workspace", `${run.workspace.name}, ${run.workspace.clientName} (${run.workspaceId})`],
    ["Action", action ? `${run.actionName} (${action.title})` : `${run.actionName} (not registered)`],
    ["Status", `${run.governanceStatus}, ${run.isInDoubt ? "in doubt" : run.executionStatus}`],
    ["Reason", run.governanceReason],
    ["Policy", policy && `${policy.policyType} ${policy.threshold ?? ""} (version ${policy.version})`.replace("  ", " ")],
    ["Risk", run.riskLevel],
    ["Amount", amount],
    ["Recipient", run.recipient],
    ["Agent says", run.reasoning],
    ["Payload", run.payloadText ?? "erased"],
    ["Result", run.executionResultText],
  ]);
  const steps = stepsOf(run).filter((step): step is readonly [Date, string] => step[0] !== null);
  const inOrder = steps.toSorted(([a], [b]) => a.getTime() - b.getTime());
  const receipts = run.receipts.map((receipt) => [`${receipt.kind} receipt`, receipt.id] as const);
  return [facts, factLines(inOrder.map(([at, text]) => [instantText(at) ?? "", text])), factLines(receipts)].filter(Boolean).join("\n\n");
}

function stepsOf(run: RunStory): Step[] {
  const { decision, approvalRequest: asked } = run;
  return [
    [run.createdAt, `Proposed by ${run.actor ?? "an agent that gave no name"}, with the key ${run.apiKey.hint} (${run.apiKey.name}).`],
    [asked ? null : run.decidedAt, `The policy decided: ${run.governanceStatus}.`],
    [asked && asked.createdAt, `Put before ${asked?.approverEmails.join(", ")} until ${instantText(run.expiresAt)} (${asked?.policyReason}).`],
    ...run.emailDeliveries.map((mail): Step => [mail.sentAt ?? mail.createdAt, mailText(mail)]),
    [decision && decision.createdAt, decisionText(run)],
    [run.claimedAt, `Claimed by ${run.claimWorker}.`],
    [run.isInDoubt ? run.claimExpiresAt : null, "The claim ran out with no report: in doubt. Settle it with `run settle`."],
    [run.executionReportedAt, `Reported as ${run.executionStatus}${run.executionError === null ? "." : `: ${run.executionError}`}`],
    ...run.auditEvents.filter((event) => event.verb === "run.settled").map((event): Step => [event.createdAt, `Settled by a person: ${JSON.stringify(event.data)}`]),
  ];
}

function mailText(mail: RunStory["emailDeliveries"][number]): string {
  if (mail.status === "sent") return `Mail to ${mail.toEmail} left through ${mail.provider}.`;
  return `Mail to ${mail.toEmail} is ${mail.status}${mail.notSentReason ? ` (${mail.notSentReason})` : ""}${mail.lastError ? `: ${mail.lastError}` : "."}`;
}

function decisionText({ decision, governanceStatus }: RunStory): string {
  if (!decision) return "";
  const who = decision.decidedBy === null ? "Nobody answered in time" : `${decision.decidedBy} answered (${decision.channel})`;
  return `${who}: ${governanceStatus}.${decision.comment ? ` “${decision.comment}”` : ""}`;
}
