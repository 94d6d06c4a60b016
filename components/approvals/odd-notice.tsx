import { TriangleAlert } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { payloadRows } from "@/lib/domain/policy/payload-rows";

/** Where something in the payload is odd, in one line; what it is stands beside each value. */
export function OddNotice({ decision }: { decision: DecisionView }) {
  const isOdd = (text: string | null) => text !== null && inspectText(text).warnings.length > 0;
  const odd = payloadRows(decision.payload).filter(({ path, text }) => isOdd(path) || isOdd(text));
  if (odd.length === 0) return null;
  const isRecipient = isOdd(decision.recipient);
  const names = new Intl.ListFormat("en").format(odd.slice(0, 3).map(({ path }) => path));
  const rest = odd.length > 3 ? ` and ${odd.length - 3} more` : "";
  return (
    <Notice tone="wait" icon={TriangleAlert} title={isRecipient ? "Check the recipient." : "Look twice."}>
      Letters that look alike or do not show stand in {names}
      {rest}.
    </Notice>
  );
}
