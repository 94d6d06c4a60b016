import { ErasedNotice } from "@/components/action-runs/erased-notice";
import { ExecutionBadge } from "@/components/action-runs/execution-badge";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { RiskMark } from "@/components/action-runs/risk-mark";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import { receiptSentence } from "@/lib/domain/log/receipt-sentence";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import type { ExecutionStatus } from "@/lib/domain/runs/statuses";
import type { ReceiptDocument } from "@/lib/receipts/document/receipt-document";
import type { ReceiptCheck } from "@/lib/receipts/log/receipt-check";
import { CheckBand } from "./check-band";
import { ReceiptEvidence } from "./receipt-evidence";
import { SixQuestions } from "./six-questions";

/** A receipt as a document: a sentence, the verification result, six questions with their answers, the evidence last. */
export function ReceiptPaper({
  document,
  check,
  runHref,
}: {
  document: ReceiptDocument;
  check: ReceiptCheck;
  /** Null: the reader is from outside and can't open the run. */
  runHref: string | null;
}) {
  const { decision, execution, revocation } = document;
  const { outcome, reason, riskLevel } = headOf(document);
  const sentence = keepTogether(
    receiptSentence({
      proposal: document.proposal,
      outcome,
      reason,
      execution: execution?.says.execution_status ?? null,
      revocation: revocation?.says.reason ?? null,
      isChanged: outcome === "approved" && document.change !== null,
    }),
    document.amount,
  );
  return (
    <article className="rounded-lg border border-line-strong bg-surface text-md shadow-card print:border-0 print:text-[9.5pt] print:leading-[12.5pt] print:shadow-none">
      <header className="px-8 pt-7 pb-6 max-sm:p-5 print:px-0 print:pt-0 print:pb-3">
        <p className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 text-sm text-muted">
          <span>
            Receipt of <Instant at={decision.createdAt} format="date" />
          </span>
          <span className="min-w-0 wrap-anywhere">
            {document.workspace.name} for {document.workspace.clientName}
          </span>
        </p>
        <h1 className="mt-3 mb-3.5 max-w-[26em] text-2xl tracking-title wrap-anywhere max-sm:text-xl print:my-1.5 print:max-w-none print:text-[14pt] print:leading-[18pt]">
          <VisibleText text={sentence} />
        </h1>
        <TextWarnings text={sentence} />
        <div className="flex flex-wrap items-center gap-2">
          <GovernanceBadge status={outcome} reason={reason} size="lg" />
          {revocation === null ? null : <GovernanceBadge status="rejected" reason={revocation.says.reason} size="lg" />}
          {revocation === null && (outcome === "allowed" || outcome === "approved") ? (
            <ExecutionBadge status={document.executionStatus as ExecutionStatus} size="lg" />
          ) : null}
          {riskLevel === null ? null : (
            <span className="ml-1">
              <RiskMark level={riskLevel} />
            </span>
          )}
        </div>
      </header>
      <CheckBand check={check} isAutomatic={runHref === null} />
      {document.erasure === null ? null : (
        <div className="px-8 pt-5 max-sm:px-5 print:px-0 print:pt-1 print:[&>div]:border-0 print:[&>div]:bg-transparent print:[&>div]:p-0 print:[&>div]:text-[8.5pt] print:[&>div]:leading-[11pt]">
          <ErasedNotice at={document.erasure.says.erased_at} by={document.erasure.says.erased_by} reason={document.erasure.says.reason} />
        </div>
      )}
      <SixQuestions document={document} />
      <ReceiptEvidence document={document} log={check.log} runHref={runHref} />
    </article>
  );
}

function headOf({ decision: { says } }: ReceiptDocument) {
  return { outcome: says.governance_status, reason: says.reason, riskLevel: says.risk_level };
}

/** Never breaks between amount and currency. */
function keepTogether(sentence: string, amount: ReceiptDocument["amount"]): string {
  if (amount?.currency == null) return sentence;
  const number = formatAmount(amount.decimal);
  return sentence.replace(`${number} ${amount.currency}`, () => `${number}\u00a0${amount.currency}`);
}
