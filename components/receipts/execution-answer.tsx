import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import type { PayloadRow } from "@/lib/domain/policy/payload-rows";
import type { ReceiptDocument } from "@/lib/receipts/document/receipt-document";
import { Sub } from "./sub";

const MAX_ROWS = 6;

/** What the app reported, if it has. The console never executes anything. */
export function ExecutionAnswer({
  document: { decision, execution, executionStatus, revocation, erasure, isWithheld, executionError, resultRows, isInDoubt },
}: {
  document: ReceiptDocument;
}) {
  if (revocation !== null) return <p>No. The decision ended before the app claimed the run, so nothing may run.</p>;
  if (execution === null) return <p>{unreportedWords(decision.says.governance_status, executionStatus, isInDoubt)}</p>;
  const { execution_status: status, reported_at: at, worker, result_commitment: result, error_commitment: error } = execution.says;
  return (
    <>
      <p>{status === "executed" ? "Executed" : "Failed"}, as reported by the app</p>
      <Sub>
        <Instant at={at} />
        {worker === null ? null : (
          <>
            , by the worker <VisibleText text={worker} />
          </>
        )}
      </Sub>
      {executionError === null ? null : (
        <Sub>
          Error: <LongText text={executionError} />
          <TextWarnings text={executionError} />
        </Sub>
      )}
      {result === null && error === null ? null : erasure !== null ? (
        <Sub>The details that it reported were erased.</Sub>
      ) : isWithheld ? (
        <Sub>The details that it reported are not disclosed.</Sub>
      ) : null}
      {resultRows.length === 0 ? null : <Result rows={resultRows} />}
    </>
  );
}

function Result({ rows }: { rows: readonly PayloadRow[] }) {
  const more = rows.length - MAX_ROWS;
  return (
    <Sub>
      Result:{" "}
      {rows.slice(0, MAX_ROWS).map(({ path, text }, index) => (
        <span key={path}>
          {index === 0 ? "" : ", "}
          <code className="font-mono text-xs">
            <VisibleText text={path} /> <LongText text={text ?? "none"} />
          </code>
        </span>
      ))}
      {more > 0 ? ` and ${more} more` : ""}
    </Sub>
  );
}

function unreportedWords(outcome: string, executionStatus: string, isInDoubt: boolean): string {
  if (outcome !== "allowed" && outcome !== "approved") return "No. Nothing may run.";
  // Only a test stays so after an approval.
  if (executionStatus === "not_executed") return "No. It was a test from the console, so nothing may run.";
  if (isInDoubt) return "Unknown. A worker claimed the run, and its claim expired without a report.";
  return "Not reported yet. The app may run it once.";
}
