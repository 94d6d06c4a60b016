import { ExecutionBadge } from "@/components/action-runs/execution-badge";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";

const ANSWERS = [
  ["What was proposed?", "Refund 1,840.00 EUR to Nordlicht Café GmbH for order SO-88214."],
  ["By whom or what?", "finance_agent, with the API key “Support worker”."],
  ["Which policy applied?", "refund_customer, version 4: ask a person above 250.00."],
  ["Was approval required?", "Yes. 1,840.00 is above the threshold."],
  ["What was decided?", "Approved by marta@example.com, by the link in the email, 19 November 2026, 14:03 UTC."],
  ["Was it executed?", "Executed, as reported by the app, at 14:03:14 UTC."],
] as const;

/** A receipt as it reads, with made-up values. */
export function ReceiptSample() {
  return (
    <article className="overflow-hidden rounded-xl border border-line-strong bg-surface shadow-card" aria-label="Example of a receipt">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-5 py-4">
        <p className="mr-auto text-md font-semibold">Receipt</p>
        <GovernanceBadge status="approved" />
        <ExecutionBadge status="executed" />
      </header>
      <dl className="grid gap-x-8 px-5 py-2 sm:grid-cols-2">
        {ANSWERS.map(([question, answer]) => (
          <div className="border-line py-3 [&:not(:last-child)]:max-sm:border-b sm:[&:nth-child(-n+4)]:border-b" key={question}>
            <dt className="text-xs text-muted">{question}</dt>
            <dd className="mt-0.5 text-md">{answer}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
