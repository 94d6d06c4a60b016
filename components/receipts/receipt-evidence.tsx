import type { ReactNode } from "react";
import Link from "next/link";
import { PayloadList } from "@/components/action-runs/payload-list";
import { VisibleText } from "@/components/action-runs/visible-text";
import type { CommitmentCheck, ReceiptDocument } from "@/lib/receipts/receipt-document";

const COMMITMENTS: Record<CommitmentCheck, string> = {
  matches: "kept beside the receipt, matches its commitment",
  differs: "kept beside the receipt, does not match its commitment",
  erased: "erased; the receipt holds only its commitment",
};

/** What the answers above rest on: the exact texts, their hashes, and what they commit to. */
export function ReceiptEvidence({ document, runHref }: { document: ReceiptDocument; runHref: string }) {
  const { decision, execution, erasure, commitments, payloadRows } = document;
  return (
    <section className="rounded-b-lg border-t border-line-strong bg-inset px-8 pt-5 pb-6 max-sm:px-5 max-sm:py-4 print:border-t print:bg-transparent print:px-0 print:pt-2 print:pb-0" aria-labelledby="evidence">
      <h2 className="mb-2.5 text-md print:mb-1 print:text-[10pt]" id="evidence">Evidence</h2>
      <dl className="grid grid-cols-[168px_minmax(0,1fr)] gap-x-6 gap-y-1 text-sm max-sm:grid-cols-1 max-sm:gap-y-0 print:grid-cols-[40mm_minmax(0,1fr)] print:gap-y-0 print:text-[8pt] print:leading-[11pt]">
        <Row name="Run">
          <Link className="text-link no-underline hover:underline print:text-ink" href={runHref}>{document.runId}</Link>
        </Row>
        <Row name="Decision receipt">{decision.id}{placeOf(decision.logIndex)}</Row>
        <Row name="Leaf hash"><Hash text={decision.leafHash} /></Row>
        {execution === null ? null : (
          <>
            <Row name="Execution receipt">{execution.id}{placeOf(execution.logIndex)}</Row>
            <Row name="Leaf hash"><Hash text={execution.leafHash} /></Row>
          </>
        )}
        {erasure === null ? null : (
          <>
            <Row name="Erasure receipt">{erasure.id}{placeOf(erasure.logIndex)}</Row>
            <Row name="Leaf hash"><Hash text={erasure.leafHash} /></Row>
          </>
        )}
        <Row name="Payload">{COMMITMENTS[commitments.payload]}</Row>
        {commitments.context === null ? null : <Row name="Agent’s words">{COMMITMENTS[commitments.context]}</Row>}
        <Row name="Payload commitment"><Hash text={decision.says.payload_commitment} /></Row>
      </dl>
      <Body title="Exact text of the decision receipt" text={decision.body} />
      {execution === null ? null : <Body title="Exact text of the execution receipt" text={execution.body} />}
      {erasure === null ? null : <Body title="Exact text of the erasure receipt" text={erasure.body} />}
      {payloadRows.length === 0 ? null : (
        <details className="mt-3 rounded-md border border-line bg-surface print:hidden">
          <summary className="cursor-pointer rounded-md px-3 py-2 text-sm font-medium">
            Payload <span className="font-normal text-muted">{payloadRows.length === 1 ? "1 field" : `${payloadRows.length} fields`}</span>
          </summary>
          <div className="border-t border-line"><PayloadList rows={payloadRows} /></div>
        </details>
      )}
    </section>
  );
}

function placeOf(logIndex: number | null): string {
  return logIndex === null ? " · on its way into the log" : ` · place ${logIndex + 1} in the log`;
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 font-mono text-xs leading-[22px] wrap-anywhere max-sm:mb-2 max-sm:leading-[18px] print:mb-0 print:text-[7pt] print:leading-[11pt]">{children}</dd>
    </>
  );
}

function Hash({ text }: { text: string }) {
  return <span className="print:whitespace-nowrap">{text}</span>;
}

function Body({ title, text }: { title: string; text: string }) {
  return (
    <figure className="mt-3 print:mt-1.5 print:break-inside-avoid">
      <figcaption className="text-sm text-muted print:text-[8pt] print:leading-[10pt]">{title}</figcaption>
      <pre className="mt-1 rounded-md border border-line bg-surface px-3 py-2 font-mono text-2xs leading-[18px] break-all whitespace-pre-wrap print:border-0 print:p-0 print:mt-0 print:text-[6pt] print:leading-[7.5pt]">
        <VisibleText text={text} />
      </pre>
    </figure>
  );
}
