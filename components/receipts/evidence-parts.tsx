import type { ReactNode } from "react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import type { ReceiptCheck } from "@/lib/receipts/log/receipt-check";

/** The evidence below a receipt's answers: rows of facts, then texts. */
export function EvidenceSection({ texts, children }: { texts: ReactNode; children: ReactNode }) {
  return (
    <section
      className="rounded-b-lg border-t border-line-strong bg-inset px-8 pt-5 pb-6 max-sm:px-5 max-sm:py-4 print:border-t print:bg-transparent print:px-0 print:pt-2 print:pb-0"
      aria-labelledby="evidence"
    >
      <h2 className="mb-2.5 text-md print:mb-1 print:text-[10pt]" id="evidence">
        Evidence
      </h2>
      <dl className="grid grid-cols-[168px_minmax(0,1fr)] gap-x-6 gap-y-1 text-sm max-sm:grid-cols-1 max-sm:gap-y-0 print:grid-cols-[40mm_minmax(0,1fr)] print:gap-y-0 print:text-[8pt] print:leading-[10pt]">
        {children}
      </dl>
      {texts}
    </section>
  );
}

export function EvidencePlace({ logIndex }: { logIndex: number | null }): string {
  return logIndex === null ? " · not in the log yet" : ` · entry ${logIndex + 1} in the log`;
}

export function EvidenceRow({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 font-mono text-xs leading-[22px] wrap-anywhere max-sm:mb-2 max-sm:leading-[18px] print:mb-0 print:text-[7pt] print:leading-[10pt]">
        {children}
      </dd>
    </>
  );
}

export function EvidenceHash({ text }: { text: string }) {
  return <span className="print:whitespace-nowrap">{text}</span>;
}

/** The checkpoint the proofs lead to. The time comes from the console: a checkpoint itself has none. */
export function EvidenceLog({ log: { origin, size, signedAt, signedBy } }: { log: NonNullable<ReceiptCheck["log"]> }) {
  return (
    <>
      <EvidenceRow name="Log">{origin}</EvidenceRow>
      <EvidenceRow name="Checkpoint">
        {size} {size === 1 ? "receipt" : "receipts"}, signed <Instant at={signedAt} />
      </EvidenceRow>
      <EvidenceRow name={signedBy.length === 1 ? "Signing key" : "Signing keys"}>{signedBy.join(", ")}, Ed25519</EvidenceRow>
    </>
  );
}

/** More would not fit on the printed receipt's single sheet. */
const MAX_PRINTED = 1400;

/** A receipt's exact text. */
export function EvidenceBody({ title, text }: { title: string; text: string }) {
  const isPrinted = text.length <= MAX_PRINTED;
  return (
    <figure className="mt-3 print:mt-1 print:break-inside-avoid">
      <figcaption className="text-sm text-muted print:text-[8pt] print:leading-[10pt]">
        {title}
        {isPrinted ? null : (
          <span className="hidden print:inline">
            : {text.length.toLocaleString("en")} characters, not printed. They are in the downloaded file.
          </span>
        )}
      </figcaption>
      <pre
        className={`mt-1 rounded-md border border-line bg-surface px-3 py-2 font-mono text-2xs leading-[18px] break-all whitespace-pre-wrap print:mt-0 print:border-0 print:p-0 print:text-[6pt] print:leading-[7.5pt] ${isPrinted ? "" : "print:hidden"}`}
      >
        <VisibleText text={text} />
      </pre>
    </figure>
  );
}
