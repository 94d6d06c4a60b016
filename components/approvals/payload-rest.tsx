import { PayloadList } from "@/components/action-runs/payload-list";
import { Disclosure } from "@/components/ui/disclosure";
import { type PayloadRow, remainingRows } from "@/lib/domain/policy/payload-rows";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { inspectText } from "@/lib/domain/text/hidden-characters";

/** Everything else that was proposed. It says how much is inside, and stands open when something in it is odd. */
export function PayloadRest({ decision }: { decision: DecisionView }) {
  const rows = restOfPayload(decision);
  if (rows.length === 0) return null;
  return (
    <Disclosure title="Rest of the payload" note={`${rows.length} ${rows.length === 1 ? "field" : "fields"}`} isOpen={rows.some(isOdd)}>
      <PayloadList rows={rows} />
    </Disclosure>
  );
}

/** What the policy did not look at and the reader has not read yet. */
export function restOfPayload({ payload, policy, reasoning }: DecisionView): PayloadRow[] {
  return remainingRows(payload, { fields: policy.fields, reasoning });
}

function isOdd({ path, text }: PayloadRow): boolean {
  return [path, text ?? ""].some((part) => inspectText(part).warnings.length > 0);
}
