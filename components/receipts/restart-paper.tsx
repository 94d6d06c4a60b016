import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import type { LogRestartedBody } from "@/lib/domain/log/read-log-restarted-body";
import type { StoredReceipt } from "@/lib/receipts/document/receipt-document";
import type { ReceiptCheck } from "@/lib/receipts/log/receipt-check";
import { Answer } from "./answer";
import { CheckBand } from "./check-band";
import { EvidenceBody, EvidenceHash, EvidenceLog, EvidencePlace, EvidenceRow, EvidenceSection } from "./evidence-parts";
import { Sub } from "./sub";

/** The receipt of a restart of the log, in the same layout as others. */
export function RestartPaper({
  receipt,
  check,
  workspace,
}: {
  receipt: StoredReceipt<LogRestartedBody>;
  check: ReceiptCheck;
  workspace: { name: string; clientName: string };
}) {
  const { says } = receipt;
  const kept = says.earlier_size === 1 ? "1 receipt" : `${says.earlier_size} receipts`;
  return (
    <article className="rounded-lg border border-line-strong bg-surface text-md shadow-card print:border-0 print:text-[9.5pt] print:leading-[12.5pt] print:shadow-none">
      <header className="px-8 pt-7 pb-6 max-sm:p-5 print:px-0 print:pt-0 print:pb-3">
        <p className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 text-sm text-muted">
          <span>
            Receipt of <Instant at={receipt.createdAt} format="date" />
          </span>
          <span>
            {workspace.name} for {workspace.clientName}
          </span>
        </p>
        <h1 className="mt-3 max-w-[26em] text-2xl tracking-title max-sm:text-xl print:my-1.5 print:max-w-none print:text-[14pt] print:leading-[18pt]">
          The receipt log was restarted from a backup after {kept}.
        </h1>
      </header>
      <CheckBand check={check} isAutomatic={false} />
      <dl>
        <Answer question="What happened?">
          <p>
            The operator restored a backup of <Instant at={says.backup_taken_at} />, and restarted the log on{" "}
            <Instant at={says.restarted_at} />.
          </p>
        </Answer>
        <Answer question="What remains?">
          <p>
            {says.earlier_size === 0
              ? "Nothing: the backup had no receipt in the log."
              : `The first ${kept}, in their order. What was proved about them still holds.`}
          </p>
        </Answer>
        <Answer question="What was lost?">
          <p>Everything written to the log after the backup.</p>
          <Sub>
            The console cannot know how much that was. A checkpoint that someone kept of the earlier log shows how many receipts it signed
            beyond these.
          </Sub>
        </Answer>
        <Answer question="What continues?">
          <p>
            The log continues under a new origin, so that it does not contradict what was signed under the earlier one. Programs that keep
            checkpoints reject it until someone accepts it.
          </p>
        </Answer>
      </dl>
      <EvidenceSection texts={<EvidenceBody title="Exact text of the receipt" text={receipt.body} />}>
        <EvidenceRow name="Receipt">
          {receipt.id}
          <EvidencePlace logIndex={receipt.logIndex} />
        </EvidenceRow>
        <EvidenceRow name="Leaf hash">
          <EvidenceHash text={receipt.leafHash} />
        </EvidenceRow>
        {check.log === null ? null : <EvidenceLog log={check.log} />}
        <EvidenceRow name="Earlier origin">
          <VisibleText text={says.earlier_origin} />
        </EvidenceRow>
        <EvidenceRow name="Earlier root">
          <EvidenceHash text={says.earlier_root_hash} />
        </EvidenceRow>
        <EvidenceRow name="New origin">
          <VisibleText text={says.origin} />
        </EvidenceRow>
      </EvidenceSection>
    </article>
  );
}
