import { PayloadList } from "@/components/action-runs/payload-list";
import { Disclosure } from "@/components/ui/disclosure";
import { type PayloadRow, remainingRows } from "@/lib/domain/policy/payload-rows";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { inspectText } from "@/lib/domain/text/hidden-characters";

/** A payload this short is read at a glance, so it is never folded. */
const SHOWN_FIELDS = 8;

/**
 * What is open above the decision buttons: the whole rest of a short payload, and the first fields of a long one when neither an amount
 * nor a recipient says what is decided. The remainder is folded below the buttons.
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

/** Shows how many fields it folds. Open when one of them has hidden or look-alike characters. */
export function PayloadRest({ decision }: { decision: DecisionView }) {
  const { after } = payloadParts(decision);
  if (after.length === 0) return null;
  return (
    <Disclosure title="Rest of the payload" note={fieldCount(after)} isOpen={after.some(isSuspicious)}>
      <PayloadList rows={after} />
    </Disclosure>
  );
}

function fieldCount(rows: readonly PayloadRow[]): string {
  return `${rows.length} ${rows.length === 1 ? "field" : "fields"}`;
}

/** The fields the policy did not use and the page does not show elsewhere. */
export function restOfPayload({ payload, policy, reasoning }: DecisionView): PayloadRow[] {
  return remainingRows(payload, { fields: policy.fields, reasoning });
}

function isSuspicious({ path, text }: PayloadRow): boolean {
  return [path, text ?? ""].some((part) => inspectText(part).warnings.length > 0);
}
