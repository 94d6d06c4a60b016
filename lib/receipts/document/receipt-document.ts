import type { DecisionBody, ErasureBody, ExecutionBody, RevocationBody, VoteBody } from "@/lib/domain/log/read-receipt-body";
import type { ChangeRow } from "@/lib/domain/policy/change-rows";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { PayloadRow } from "@/lib/domain/policy/payload-rows";

/** One stored receipt: its parsed content, and the exact text that its hash covers. */
export interface StoredReceipt<B> {
  id: string;
  body: string;
  /** Hex. */
  leafHash: string;
  /** Its index in the log, from 0; null until the sequencer has placed it. */
  logIndex: number | null;
  createdAt: Date;
  says: B;
}

/**
 * Whether a text beside the receipt matches the receipt's commitment. `erased`: the text was deleted on request. `withheld`: the share link
 * doesn't disclose it.
 */
export type CommitmentCheck = "matches" | "differs" | "erased" | "withheld";

/** A receipt as a document that answers the six questions. Display the agent's texts as quotes. */
export interface ReceiptDocument {
  workspace: { id: string; name: string; clientName: string };
  runId: string;
  decision: StoredReceipt<DecisionBody>;
  /** The approvals that counted, each with its own receipt; empty where one was enough. */
  votes: StoredReceipt<VoteBody>[];
  execution: StoredReceipt<ExecutionBody> | null;
  /** The decision ended before anyone claimed the run, so nothing was executed. */
  revocation: StoredReceipt<RevocationBody> | null;
  /** The run's personal data was erased, and with it every text beside the receipts. */
  erasure: StoredReceipt<ErasureBody> | null;
  /** What the agent wanted to do; completes "the proposal to …". */
  proposal: string;
  title: string | null;
  amount: { decimal: string; currency: string | null } | null;
  recipient: string | null;
  apiKeyName: string;
  reasoning: string | null;
  source: { type: string | null; ref: string | null } | null;
  /** No explanation: what the policy read was erased or is withheld. */
  policy: { explanation: string | null; since: Date; reason: GovernanceReason } | null;
  /** The email addresses that were asked; empty when no approval was needed. */
  askedEmails: string[];
  /** Requests that one approver passed on to another, in order. */
  reassignments: { from: string; to: string; at: Date }[];
  /** An approval with a change, or a rejection with a proposal. Without rows, what was changed is erased or withheld. */
  change: { rows: ChangeRow[] | null; payloadRows: PayloadRow[]; commitment: CommitmentCheck } | null;
  executionStatus: string;
  isInDoubt: boolean;
  resultRows: PayloadRow[];
  executionError: string | null;
  payloadRows: PayloadRow[];
  /** Shown through a share link, without what the run holds beside its receipts. */
  isWithheld: boolean;
  commitments: { payload: CommitmentCheck; context: CommitmentCheck | null };
}
