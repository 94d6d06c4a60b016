import { readsPayload } from "@/lib/domain/policy/policy-types";
import { bareSentence } from "@/lib/domain/policy/run-sentence";
import type { CommitmentCheck, ReceiptDocument } from "./receipt-document";

/**
 * Returns the document for readers to whom the payload is not disclosed: only what the receipts contain, nothing that the run holds beside
 * them or that was derived from that.
 */
export function withholdPayload(document: ReceiptDocument): ReceiptDocument {
  const { decision, policy, commitments, erasure } = document;
  const { policy: decidedBy, budget, grant } = decision.says;
  const isFromPayload = decidedBy !== null && (readsPayload(decidedBy.type) || budget != null || grant != null);
  return {
    ...document,
    proposal: erasure === null ? bareSentence({ name: decision.says.action, title: document.title }) : document.proposal,
    amount: null,
    recipient: null,
    reasoning: null,
    source: null,
    policy: policy && (isFromPayload ? { ...policy, explanation: null } : policy),
    change: document.change && { rows: null, payloadRows: [], commitment: withheld(document.change.commitment) },
    resultRows: [],
    executionError: null,
    payloadRows: [],
    isWithheld: true,
    commitments: { payload: withheld(commitments.payload), context: commitments.context && withheld(commitments.context) },
  };
}

function withheld(check: CommitmentCheck): CommitmentCheck {
  return check === "erased" ? "erased" : "withheld";
}
