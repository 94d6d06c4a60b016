import { ShieldCheck } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import type { RunView } from "@/lib/action-runs/show/run-view";
import type { ReceiptKind } from "@/lib/domain/log/receipt-body";
import { RECEIPT_KIND_LABELS } from "@/lib/words/receipt-kind-labels";

/** The run's receipts, each with its place in the log. */
export function ReceiptsCard({ run: { receipts, governanceStatus }, base }: { run: RunView; base: string }) {
  // Until the decision there is no document that they belong to.
  const isPending = governanceStatus === "pending_approval";
  return (
    <Card aria-labelledby="receipts">
      <CardHeader title="Receipts" id="receipts" />
      <ul className="divide-y divide-line">
        {receipts.map((receipt) => (
          <li key={receipt.id}>
            {isPending ? (
              <div className="grid gap-0.5 px-4 py-2.5">
                <ReceiptLines receipt={receipt} />
              </div>
            ) : (
              <Link
                className="grid gap-0.5 px-4 py-2.5 hover:bg-hover focus-visible:-outline-offset-2"
                href={`${base}/receipts/${receipt.id}`}
              >
                <ReceiptLines receipt={receipt} />
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ReceiptLines({ receipt }: { receipt: RunView["receipts"][number] }) {
  return (
    <>
      <span className="flex items-center gap-2 font-medium">
        <ShieldCheck className="size-4 flex-none text-subtle" strokeWidth={1.75} aria-hidden="true" />
        {RECEIPT_KIND_LABELS[receipt.kind as ReceiptKind]}
      </span>
      <span className="text-xs text-muted tabular-nums">
        {receipt.logIndex === null ? "not in the log yet" : `entry ${receipt.logIndex + 1} in the log`},{" "}
        <Instant at={receipt.createdAt} format="short" />
      </span>
      <span className="truncate font-mono text-xs text-subtle" title={receipt.leafHash}>
        {receipt.leafHash}
      </span>
    </>
  );
}
