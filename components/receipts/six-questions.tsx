import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import { exceededText } from "@/lib/domain/budgets/budget-text";
import { grantGivers } from "@/lib/domain/grants/grant-text";
import type { ReceiptDocument } from "@/lib/receipts/document/receipt-document";
import { policySummary } from "@/lib/words/policy-labels";
import { Answer } from "./answer";
import { DecisionAnswer } from "./decision-answer";
import { ExecutionAnswer } from "./execution-answer";
import { GrantAnswer } from "./grant-answer";
import { RevocationAnswer } from "./revocation-answer";
import { Sub } from "./sub";

/** Why no policy decided, by the reason; otherwise the action isn't registered. */
const NO_POLICY: Partial<Record<string, string>> = {
  inactive_action: "None. The action is deactivated, so nothing may run.",
  frozen: "None. It was frozen, so nothing may run.",
};

/** The questions every reader has about a receipt, in chronological order. */
export function SixQuestions({ document }: { document: ReceiptDocument }) {
  const { says } = document.decision;
  return (
    <dl>
      <Answer question="What was proposed?">
        <p>
          <VisibleText text={capitalized(document.proposal)} />
        </p>
        <TextWarnings text={document.proposal} />
        <Sub>
          <code className="font-mono text-xs">{says.action}</code>, <Instant at={says.proposed_at} />
        </Sub>
        {says.previous_run_id == null ? null : (
          <Sub>
            It asked again after the run <code className="font-mono text-xs wrap-anywhere">{says.previous_run_id}</code> was over.
          </Sub>
        )}
        {document.isWithheld && document.erasure === null ? <Sub>The data it was proposed with is not disclosed.</Sub> : null}
      </Answer>
      <Answer question="By whom or what?">
        <p>
          {says.actor === null ? "An agent that gave no name" : <VisibleText text={says.actor} />}, with the API key “{document.apiKeyName}”
        </p>
        {says.actor === null ? null : <TextWarnings text={says.actor} />}
        {document.reasoning === null ? null : (
          <Sub>
            In its own words, not verified by the console: “<LongText text={document.reasoning} />”
            <TextWarnings text={document.reasoning} />
          </Sub>
        )}
        {document.source === null ? null : (
          <Sub>
            Source:{" "}
            <VisibleText text={[document.source.type, document.source.ref].filter((part) => part !== null && part !== "").join(", ")} />
          </Sub>
        )}
      </Answer>
      <Answer question="Which policy applied?">
        <PolicyAnswer document={document} />
      </Answer>
      <Answer question="Was approval required?">
        <p>{approvalWords(document)}</p>
        {document.reassignments.map(({ from, to, at }) => (
          <Sub key={at.toISOString() + to}>
            The request was reassigned from {from} to {to} on <Instant at={at} />.
          </Sub>
        ))}
      </Answer>
      <Answer question="What was decided?">
        <DecisionAnswer says={says} change={document.change} votes={document.votes.map((vote) => vote.says)} />
        {says.grant == null ? null : <GrantAnswer grant={says.grant} />}
        {document.revocation === null ? null : <RevocationAnswer says={document.revocation.says} />}
      </Answer>
      <Answer question="Was it executed?">
        <ExecutionAnswer document={document} />
      </Answer>
    </dl>
  );
}

function PolicyAnswer({ document: { decision, erasure, policy } }: { document: ReceiptDocument }) {
  const { says } = decision;
  if (policy === null || says.policy === null) {
    return <p>{NO_POLICY[says.reason] ?? "None. No action of this name is registered, so nothing may run."}</p>;
  }
  return (
    <>
      <p>
        <VisibleText
          text={policy.explanation ?? `${summaryOf(says)}. The values it read ${erasure === null ? "are not disclosed" : "were erased"}.`}
        />
      </p>
      <Sub>
        Version {says.policy_version}, since <Instant at={policy.since} format="date" />,{" "}
        <code className="font-mono text-xs">{policy.reason}</code>
      </Sub>
    </>
  );
}

/** Without the payload's values. For a policy with rules, the receipt names the one that decided. */
function summaryOf({ budget, ...says }: ReceiptDocument["decision"]["says"]): string {
  if (budget == null) return policyWords(says);
  return `${policyWords(says)}. The run ${exceededText(budgetOf(budget))}`;
}

function policyWords({ policy, policy_rule: rule }: Pick<ReceiptDocument["decision"]["says"], "policy" | "policy_rule">): string {
  if (policy === null) return "No policy decided";
  if (policy.type !== "rules") return policySummary(policy);
  return rule ? `The rule “${rule.name}” is: ${rule.then} when ${rule.when}` : "No rule applied";
}

/** What the receipt itself contains of it. */
function budgetOf(budget: NonNullable<ReceiptDocument["decision"]["says"]["budget"]>): Parameters<typeof exceededText>[0] {
  const { period_start: start, period_end: end, per_field: perField, time_zone: timeZone, used_before: usedBefore, ...rest } = budget;
  const whenExceeded = budget.when_exceeded;
  const from = { periodStart: new Date(start), periodEnd: new Date(end), perField, timeZone, usedBefore, whenExceeded };
  return { ...rest, ...from, budgetId: "", isCurrent: false, perValue: null, amount: null };
}

function approvalWords({ decision: { says }, askedEmails }: ReceiptDocument): string {
  if (says.grant != null) return `Yes. It was given in advance, with a standing grant by ${grantGivers(givers(says.grant))}.`;
  return says.approval_required ? `Yes. ${askedWords(askedEmails)}` : "No. Nobody had to be asked.";
}

function givers({ given_by: givenBy, confirmed_by: confirmedBy }: NonNullable<ReceiptDocument["decision"]["says"]["grant"]>) {
  return { givenBy, confirmedBy };
}

function askedWords(emails: readonly string[]): string {
  if (emails.length === 0) return "";
  const list = new Intl.ListFormat("en-GB", { type: "conjunction" }).format(emails);
  return `${list} ${emails.length === 1 ? "was" : "were"} asked.`;
}

/** A sentence that completes "… wants to", on its own line. */
function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
