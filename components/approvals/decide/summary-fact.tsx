import { ChangesList } from "@/components/action-runs/changes-list";
import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { Fact } from "@/components/ui/fact-list";
import type { RunSummary } from "./earlier-decision";

/** The action's title, and what the agent wanted, which completes "… wants to". */
export function SummaryFact({ summary }: { summary: Pick<RunSummary, "actionTitle" | "sentence" | "changes" | "isProposal"> }) {
  return (
    <Fact label={summary.actionTitle}>
      <span className="block first-letter:uppercase">
        <LongText text={summary.sentence} />
      </span>
      <TextWarnings text={summary.sentence} />
      {summary.changes.length === 0 ? null : (
        <div className="mt-3 border-t border-line pt-3 text-base">
          <p className="mb-1.5 text-muted">{summary.isProposal ? "Proposed instead" : "Changed by the approver"}</p>
          <ChangesList rows={summary.changes} />
        </div>
      )}
    </Fact>
  );
}
