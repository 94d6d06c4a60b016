import { Fragment } from "react";
import { PayloadList } from "@/components/action-runs/payload-list";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Link } from "@/components/ui/link";
import type { PayloadRow } from "@/lib/domain/policy/payload-rows";
import type { CommitmentCheck, ReceiptDocument } from "@/lib/receipts/document/receipt-document";
import type { ReceiptCheck } from "@/lib/receipts/log/receipt-check";
import { EvidenceBody, EvidenceHash, EvidenceLog, EvidencePlace, EvidenceRow, EvidenceSection } from "./evidence-parts";
import { fitOnPaper } from "./fit-on-paper";

const COUNT = new Intl.NumberFormat("en");

const COMMITMENTS: Record<CommitmentCheck, string> = {
  matches: "stored beside the receipt, matches its commitment",
  differs: "stored beside the receipt, does not match its commitment",
  erased: "erased; the receipt contains only its commitment",
  withheld: "not disclosed; the receipt contains only its commitment",
};

/** The evidence for the answers above: the exact texts, their hashes, and what they commit to. */
export function ReceiptEvidence({
  document,
  log,
  runHref,
}: {
  document: ReceiptDocument;
  log: ReceiptCheck["log"];
  runHref: string | null;
}) {
  const { decision, votes, execution, revocation, erasure, change, commitments, payloadRows } = document;
  return (
    <EvidenceSection
      texts={
        <>
          <EvidenceBody title="Exact text of the decision receipt" text={decision.body} />
          {votes.map(({ id, body, says }) => (
            <EvidenceBody key={id} title={`Exact text of the approval receipt of ${says.voter}`} text={body} />
          ))}
          {execution === null ? null : <EvidenceBody title="Exact text of the execution receipt" text={execution.body} />}
          {revocation === null ? null : <EvidenceBody title="Exact text of the revocation receipt" text={revocation.body} />}
          {erasure === null ? null : <EvidenceBody title="Exact text of the erasure receipt" text={erasure.body} />}
          {payloadRows.length === 0 ? null : (
            <details className="mt-3 rounded-md border border-line bg-surface print:hidden">
              <summary className="cursor-pointer rounded-md px-3 py-2 text-sm font-medium">
                Payload{" "}
                <span className="font-normal text-muted">{payloadRows.length === 1 ? "1 field" : `${payloadRows.length} fields`}</span>
              </summary>
              <div className="border-t border-line">
                <PayloadList rows={payloadRows} />
              </div>
            </details>
          )}
          {payloadRows.length === 0 ? null : <PrintedPayload rows={payloadRows} />}
        </>
      }
    >
      <EvidenceRow name="Run">
        {runHref === null ? (
          document.runId
        ) : (
          <Link className="text-link no-underline hover:underline print:text-ink" href={runHref}>
            {document.runId}
          </Link>
        )}
      </EvidenceRow>
      <EvidenceRow name="Decision receipt">
        {decision.id}
        <EvidencePlace logIndex={decision.logIndex} />
      </EvidenceRow>
      <EvidenceRow name="Leaf hash">
        <EvidenceHash text={decision.leafHash} />
      </EvidenceRow>
      {votes.map((vote) => (
        <Fragment key={vote.id}>
          <EvidenceRow name="Approval receipt">
            {vote.id}
            <EvidencePlace logIndex={vote.logIndex} />
          </EvidenceRow>
          <EvidenceRow name="Leaf hash">
            <EvidenceHash text={vote.leafHash} />
          </EvidenceRow>
        </Fragment>
      ))}
      {execution === null ? null : (
        <>
          <EvidenceRow name="Execution receipt">
            {execution.id}
            <EvidencePlace logIndex={execution.logIndex} />
          </EvidenceRow>
          <EvidenceRow name="Leaf hash">
            <EvidenceHash text={execution.leafHash} />
          </EvidenceRow>
        </>
      )}
      {revocation === null ? null : (
        <>
          <EvidenceRow name="Revocation receipt">
            {revocation.id}
            <EvidencePlace logIndex={revocation.logIndex} />
          </EvidenceRow>
          <EvidenceRow name="Leaf hash">
            <EvidenceHash text={revocation.leafHash} />
          </EvidenceRow>
        </>
      )}
      {erasure === null ? null : (
        <>
          <EvidenceRow name="Erasure receipt">
            {erasure.id}
            <EvidencePlace logIndex={erasure.logIndex} />
          </EvidenceRow>
          <EvidenceRow name="Leaf hash">
            <EvidenceHash text={erasure.leafHash} />
          </EvidenceRow>
        </>
      )}
      {log === null ? null : <EvidenceLog log={log} />}
      <EvidenceRow name="Payload">{COMMITMENTS[commitments.payload]}</EvidenceRow>
      {change === null ? null : (
        <EvidenceRow name={decision.says.governance_status === "approved" ? "Approved payload" : "Payload proposed instead"}>
          {COMMITMENTS[change.commitment]}
        </EvidenceRow>
      )}
      {commitments.context === null ? null : <EvidenceRow name="Agent’s words">{COMMITMENTS[commitments.context]}</EvidenceRow>}
      <EvidenceRow name="Payload commitment">
        <EvidenceHash text={decision.says.payload_commitment} />
      </EvidenceRow>
    </EvidenceSection>
  );
}

/** The payload in print: its beginning, so that it fits on one sheet, and how much is omitted. */
function PrintedPayload({ rows }: { rows: readonly PayloadRow[] }) {
  const paper = fitOnPaper(rows);
  return (
    <figure className="mt-1.5 hidden break-inside-avoid print:block">
      <figcaption className="text-[8pt] leading-[10pt] text-muted">Payload</figcaption>
      <p className="font-mono text-[6.5pt] leading-[8.5pt] wrap-anywhere">
        {paper.rows.map(({ path, text }, index) => (
          <span key={path}>
            {index === 0 ? "" : " · "}
            <VisibleText text={path} />{" "}
            <strong>
              <VisibleText text={text} />
            </strong>
          </span>
        ))}
      </p>
      {paper.hiddenCharacters === 0 ? null : (
        <p className="text-[8pt] leading-[10pt] text-muted">{notPrinted(paper.hiddenFields, paper.hiddenCharacters)}</p>
      )}
    </figure>
  );
}

function notPrinted(fields: number, characters: number): string {
  const parts = [
    ...(fields === 0 ? [] : [`${COUNT.format(fields)} ${fields === 1 ? "field" : "fields"}`]),
    `${COUNT.format(characters)} ${characters === 1 ? "character" : "characters"}`,
  ];
  return `Not printed: ${parts.join(", ")}. They are on the page.`;
}
