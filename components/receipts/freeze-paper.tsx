import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import type { FreezeBody } from "@/lib/domain/log/read-receipt-body";
import type { StoredReceipt } from "@/lib/receipts/document/receipt-document";
import type { ReceiptCheck } from "@/lib/receipts/log/receipt-check";
import { frozenThing } from "@/lib/words/freeze-words";
import { Answer } from "./answer";
import { CheckBand } from "./check-band";
import { EvidenceBody, EvidenceHash, EvidenceLog, EvidencePlace, EvidenceRow, EvidenceSection } from "./evidence-parts";
import { Sub } from "./sub";

/** The receipt of a freeze or a thaw, in the same layout as others. */
export function FreezePaper({
  receipt,
  check,
  workspace,
}: {
  receipt: StoredReceipt<FreezeBody> & { apiKeyName: string | null };
  check: ReceiptCheck;
  workspace: { name: string; clientName: string };
}) {
  const { says } = receipt;
  const name = { api_key: receipt.apiKeyName, action: says.action, workspace: null, console: null }[says.scope];
  const thing = frozenThing({ scope: says.scope, name });
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
          <VisibleText text={`${thing} was ${says.kind === "freeze" ? "frozen" : "thawed"}.`} />
        </h1>
      </header>
      <CheckBand check={check} isAutomatic={false} />
      <dl>
        <Answer question="What was frozen?">
          <p>
            <VisibleText text={thing} />, by {says.frozen_by} on <Instant at={says.frozen_at} />.
          </p>
          {says.kind === "freeze" ? <Sub>{placeWords(says.channel)}</Sub> : null}
        </Answer>
        <Answer question="Why?">
          <p>
            <VisibleText text={says.reason} />
          </p>
        </Answer>
        {says.kind === "thaw" ? (
          <Answer question="Who thawed it?">
            <p>
              {says.thawed_by}, on <Instant at={says.thawed_at} />.
            </p>
            {says.comment === null ? null : (
              <Sub>
                <VisibleText text={says.comment} />
              </Sub>
            )}
            <Sub>{placeWords(says.channel)}</Sub>
          </Answer>
        ) : null}
        <Answer question="What did it stop?">
          <p>While it was frozen, every new proposal was blocked, nothing was approved, and no run was handed out to a worker.</p>
          <Sub>Work that a worker had claimed before may have continued.</Sub>
        </Answer>
      </dl>
      <EvidenceSection texts={<EvidenceBody title="Exact text of the receipt" text={receipt.body} />}>
        <EvidenceRow name="Receipt">
          {receipt.id}
          <EvidencePlace logIndex={receipt.logIndex} />
        </EvidenceRow>
        <EvidenceRow name="Freeze">{says.freeze_id}</EvidenceRow>
        <EvidenceRow name="Leaf hash">
          <EvidenceHash text={receipt.leafHash} />
        </EvidenceRow>
        {check.log === null ? null : <EvidenceLog log={check.log} />}
      </EvidenceSection>
    </article>
  );
}

function placeWords(channel: FreezeBody["channel"]): string {
  return channel === "console" ? "In the console." : "With the admin command line.";
}
