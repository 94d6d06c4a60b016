import type { DecisionBody, ErasureBody, ExecutionBody, RevocationBody } from "@/lib/domain/log/read-receipt-body";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { PayloadRow } from "@/lib/domain/policy/payload-rows";

/** One stored receipt: what stands in it, and the exact text that its hash covers. */
export interface StoredReceipt<B> {
  id: string;
  body: string;
  /** Hex. */
  leafHash: string;
  /** Its place in the log, from 0; null for the moment until it has one. */
  logIndex: number | null;
  createdAt: Date;
  says: B;
}

/**
 * Whether a text beside the receipt is the one that the receipt commits to; `erased`: the text is gone, as it may be;
 * `withheld`: who shared the receipt did not disclose it.
 */
export type CommitmentCheck = "matches" | "differs" | "erased" | "withheld";

/** A receipt as a document that answers the six questions. Texts of the agent are to be shown as its words. */
export interface ReceiptDocument {
  workspace: { id: string; name: string; clientName: string };
  runId: string;
  decision: StoredReceipt<DecisionBody>;
  execution: StoredReceipt<ExecutionBody> | null;
  /** That the decision ended before anyone claimed the run: then nothing was executed. */
  revocation: StoredReceipt<RevocationBody> | null;
  /** That what the run held of people was erased; then every text beside the receipts is gone. */
  erasure: StoredReceipt<ErasureBody> | null;
  /** What the agent wanted to do; completes "the proposal to …". */
  proposal: string;
  title: string | null;
  amount: { decimal: string; currency: string | null } | null;
  recipient: string | null;
  apiKeyName: string;
  reasoning: string | null;
  source: { type: string | null; ref: string | null } | null;
  /** No explanation: what the policy read was erased, or is withheld. */
  policy: { explanation: string | null; since: Date; reason: GovernanceReason } | null;
  /** Whose mail addresses were asked; empty when nobody had to be. */
  askedEmails: string[];
  executionStatus: string;
  isInDoubt: boolean;
  resultRows: PayloadRow[];
  executionError: string | null;
  payloadRows: PayloadRow[];
  /** Shown to a stranger, without what the run held beside its receipts. */
  isWithheld: boolean;
  commitments: { payload: CommitmentCheck; context: CommitmentCheck | null };
}
