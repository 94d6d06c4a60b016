import { PayloadList } from "@/components/action-runs/payload-list";
import { Disclosure } from "@/components/ui/disclosure";
import { type PayloadRow, remainingRows } from "@/lib/domain/policy/payload-rows";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { inspectText } from "@/lib/domain/text/hidden-characters";

/** So many fields are read at a glance: nobody should have to open them. */
const SHOWN_FIELDS = 8;

/**
 * What stands open before the answers: the whole rest of a short payload, and the first fields of a long one when neither an amount
 * nor a recipient says what is decided. The remainder is folded behind the answers.
 */
function payloadParts(decision: DecisionView): { before: PayloadRow[]; after: PayloadRow[] } {
  const rows = restOfPayload(decision);
  const saysNothing = decision.amount === null && decision.recipient === null;
  const count = rows.length <= SHOWN_FIELDS || saysNothing ? SHOWN_FIELDS : 0;
  return { before: rows.slice(0, count), after: rows.slice(count) };
}

export function PayloadBeforeAnswers({ decision }: { decision: DecisionView }) {
  const { before, after } = payloadParts(decision);
  if (before.length === 0) return null;
  const title = after.length > 0 ? "Payload" : "Rest of the payload";
  return (
    <Disclosure title={title} note={after.length > 0 ? `first ${fieldCount(before)}` : fieldCount(before)} isOpen>
      <PayloadList rows={before} />
    </Disclosure>
  );
}

/** It says how much is inside, and stands open when something in it is odd. */
export function PayloadRest({ decision }: { decision: DecisionView }) {
  const { after } = payloadParts(decision);
  if (after.length === 0) return null;
  return (
    <Disclosure title="Rest of the payload" note={fieldCount(after)} isOpen={after.some(isOdd)}>
      <PayloadList rows={after} />
    </Disclosure>
  );
}

function fieldCount(rows: readonly PayloadRow[]): string {
  return `${rows.length} ${rows.length === 1 ? "field" : "fields"}`;
}

/** What the policy did not look at and the reader has not read yet. */
export function restOfPayload({ payload, policy, reasoning }: DecisionView): PayloadRow[] {
  return remainingRows(payload, { fields: policy.fields, reasoning });
}

function isOdd({ path, text }: PayloadRow): boolean {
  return [path, text ?? ""].some((part) => inspectText(part).warnings.length > 0);
}
