import { TriangleAlert } from "lucide-react";
import { DECISION_LABELS, NOT_SENT } from "@/components/approvals/decision-labels";
import { Notice } from "@/components/ui/notice";
import type { Decision } from "@/lib/domain/runs/statuses";

/**
 * Explains why the last decision was not recorded, when the page was loaded after one. `confirming` is the decision whose second step is
 * shown.
 */
export function AnswerRefusedNotice({ refused, confirming }: { refused: string | string[] | undefined; confirming: Decision | null }) {
  if (refused === "answer" && confirming !== null) {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title={`Not ${DECISION_LABELS[confirming].done.toLowerCase()} yet.`}>
        To {DECISION_LABELS[confirming].verb.toLowerCase()}, select the checkbox below. Nothing was recorded.
      </Notice>
    );
  }
  if (refused === "answer") {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title="Your decision couldn’t be read.">
        Nothing was recorded. Choose again.
      </Notice>
    );
  }
  if (refused === "change") {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title="The change wasn’t recorded.">
        A value is outside its bounds, nothing was changed, the reason is missing, or the policy blocks the changed request. Nothing was
        decided.
      </Notice>
    );
  }
  if (refused === "changed") {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title="The request was changed after you opened it.">
        Your decision wasn’t recorded. Read it again, then decide.
      </Notice>
    );
  }
  if (refused === "comment") {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title="Not rejected yet.">
        This action requires a comment when you reject. Nothing was recorded.
      </Notice>
    );
  }
  if (refused === "grant") {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title="Not approved yet.">
        Later requests like this can’t be approved in advance anymore. Nothing was recorded. You can still decide this one.
      </Notice>
    );
  }
  if (refused === "failure") {
    return (
      <Notice size="lg" tone="stop" icon={TriangleAlert} title={NOT_SENT.title}>
        The console couldn’t save your decision. If this page still shows the buttons, nothing has been decided.
      </Notice>
    );
  }
  return null;
}
