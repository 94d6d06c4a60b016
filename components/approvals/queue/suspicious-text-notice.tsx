import { TriangleAlert } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import { payloadRows } from "@/lib/domain/policy/payload-rows";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { counted } from "@/lib/words/counted";

/**
 * Counts the payload fields with hidden or look-alike characters. Each shows its own details. Their names are the agent's words, which
 * would pass for the console's in its own warning.
 */
export function SuspiciousTextNotice({ decision }: { decision: DecisionView }) {
  const isSuspicious = (text: string | null) => text !== null && inspectText(text).warnings.length > 0;
  const { length } = payloadRows(decision.payload).filter(({ path, text }) => isSuspicious(path) || isSuspicious(text));
  if (length === 0) return null;
  return (
    <Notice tone="wait" icon={TriangleAlert} title={isSuspicious(decision.recipient) ? "Check the recipient." : "Check these values."}>
      {counted(length, "payload field")} {length === 1 ? "contains" : "contain"} hidden or look-alike characters. They are marked below.
    </Notice>
  );
}
