import { TriangleAlert } from "lucide-react";
import { Notice } from "@/components/ui/notice";

/** Why the last answer was not recorded, when the page was loaded after one. */
export function AnswerRefusedNotice({ refused, isConfirming }: { refused: string | string[] | undefined; isConfirming: boolean }) {
  if (refused === "answer" && isConfirming) {
    return (
      <Notice size="lg" tone="wait" icon={TriangleAlert} title="Not approved yet.">
        Approving needs the tick below. Nothing was recorded.
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
      <Notice size="lg" tone="stop" icon={TriangleAlert} title="The answer was not confirmed.">
        The console failed while keeping it. As long as this page asks, nothing is decided: answer again.
      </Notice>
    );
  }
  return null;
}
