import { PencilLine } from "lucide-react";
import { ChangesList } from "@/components/action-runs/changes-list";
import { LongText } from "@/components/action-runs/long-text";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Notice } from "@/components/ui/notice";
import { changeRows } from "@/lib/domain/policy/change-rows";
import type { DecisionView } from "@/lib/domain/runs/decision-view";

/** On a request that somebody has changed since it was proposed: who, what and why. */
export function ChangedNotice({
  decision: { changed, proposed },
  isDecided = false,
  size = "md",
}: {
  isDecided?: boolean;
  decision: Pick<DecisionView, "changed" | "proposed">;
  size?: "md" | "lg";
}) {
  if (changed === null) return null;
  return (
    <Notice tone={isDecided ? "no" : "wait"} icon={PencilLine} size={size} title={<VisibleText text={titleOf(changed, isDecided)} />}>
      {isDecided ? null : (
        <span className="block">
          An approval is of the changed request. Their reason: “
          <LongText text={changed.reason} />”
        </span>
      )}
      <span className="mt-2 block">
        <ChangesList rows={changeRows(changed.changes ?? [], proposed)} />
      </span>
    </Notice>
  );
}

function titleOf({ kind, by }: { kind: string; by: string }, isDecided: boolean): string {
  if (!isDecided) return `Changed by ${by}.`;
  return kind === "proposal" ? "It would be accepted with other values." : "Approved with a change.";
}
