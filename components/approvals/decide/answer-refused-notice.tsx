import { TriangleAlert } from "lucide-react";
import { DECISION_LABELS, NOT_SENT } from "@/components/approvals/decision-labels";
import { Notice } from "@/components/ui/notice";
import type { Decision } from "@/lib/domain/runs/statuses";

/** Why the last answer was not recorded, when the page was loaded after one. `confirming` is the answer whose second step is shown. */
export function AnswerRefusedNotice({ refused, confirming }: { refused: string | string[] | undefined; confirming: Decision | null }) {
  if (refused === "answer" && confirming !== null) {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title={`Not ${DECISION_LABELS[confirming].done.toLowerCase()} yet.`}>
        Select the checkbox below first. Nothing was recorded.
      </Notice>
    );
  }
  if (refused === "answer") {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title="The answer could not be read.">
        Nothing was recorded. Answer again.
      </Notice>
    );
  }
  if (refused === "comment") {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title="Not rejected yet.">
        This action asks for a comment with every rejection. Nothing was recorded.
      </Notice>
    );
  }
  if (refused === "failure") {
    return (
      <Notice size="lg" tone="stop" icon={TriangleAlert} title={NOT_SENT.title}>
        The console didn’t confirm your decision. As long as this page asks, nothing is decided.
      </Notice>
    );
  }
  return null;
}
