import type { JsonObject } from "@/lib/domain/json-value";
import { readAmount } from "./amounts";
import { readPath, readRecipient } from "./payload-fields";
import { type ActionCalled, runSentence, type SentenceFields } from "./run-sentence";

/** What people are shown of a payload first. It is read once, when the payload is proposed or changed, and kept with it. */
export interface RunFacts {
  /** A plain decimal. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly recipient: string | null;
  readonly sentence: string;
}

export function readFacts(action: ActionCalled & { sentence: string | null } & SentenceFields, payload: JsonObject): RunFacts {
  const amount = readAmount(readPath(payload, action.amountField));
  const currency = readPath(payload, action.currencyField);
  return {
    amount: amount.kind === "amount" ? amount.decimal : null,
    currency: typeof currency === "string" ? currency : null,
    recipient: readRecipient(payload, action.recipientField),
    sentence: runSentence(action, payload),
  };
}
