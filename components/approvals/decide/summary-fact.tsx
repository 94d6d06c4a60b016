import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { Fact } from "@/components/ui/fact-list";
import type { RunSummary } from "./earlier-decision";

/** The action's title, and what the agent wanted, which completes "… wants to". */
export function SummaryFact({ summary }: { summary: Pick<RunSummary, "actionTitle" | "sentence"> }) {
  return (
    <Fact label={summary.actionTitle}>
      <span className="block first-letter:uppercase">
        <LongText text={summary.sentence} />
      </span>
      <TextWarnings text={summary.sentence} />
    </Fact>
  );
}
