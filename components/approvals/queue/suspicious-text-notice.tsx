import { TriangleAlert } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import { payloadRows } from "@/lib/domain/policy/payload-rows";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { inspectText } from "@/lib/domain/text/hidden-characters";

/** Lists the payload fields with hidden or look-alike characters. Each value shows its own details. */
export function SuspiciousTextNotice({ decision }: { decision: DecisionView }) {
  const isSuspicious = (text: string | null) => text !== null && inspectText(text).warnings.length > 0;
  const suspicious = payloadRows(decision.payload).filter(({ path, text }) => isSuspicious(path) || isSuspicious(text));
  if (suspicious.length === 0) return null;
  const isRecipient = isSuspicious(decision.recipient);
  const names = new Intl.ListFormat("en").format(suspicious.slice(0, 3).map(({ path }) => path));
  const rest = suspicious.length > 3 ? ` and ${suspicious.length - 3} more` : "";
  return (
    <Notice tone="wait" icon={TriangleAlert} title={isRecipient ? "Check the recipient." : "Check these values."}>
      Hidden or look-alike characters in {names}
      {rest}.
    </Notice>
  );
}
