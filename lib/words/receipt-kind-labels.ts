import type { ReceiptKind } from "@/lib/domain/log/receipt-body";

/** What a receipt is of. */
export const RECEIPT_KIND_LABELS: Readonly<Record<ReceiptKind, string>> = {
  decision: "Decision",
  execution: "Execution",
  erasure: "Erasure",
  vote: "Approval",
  vote_revocation: "Revoked approval",
  revocation: "Revocation",
  log_restarted: "Log restart",
  grant: "Standing grant",
  grant_confirmation: "Grant confirmation",
  grant_end: "Grant end",
  freeze: "Freeze",
  thaw: "Thaw",
};
