import { PencilLine } from "lucide-react";
import { LongText } from "@/components/action-runs/long-text";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Notice } from "@/components/ui/notice";
import { changeRows } from "@/lib/domain/policy/change-rows";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { ChangesList } from "./changes-list";

/** On a request that another approver has changed since it was proposed: who, why, and what. */
export function ChangedNotice({
  decision: { changed, proposed },
  size = "md",
}: {
  decision: Pick<DecisionView, "changed" | "proposed">;
  size?: "md" | "lg";
}) {
  if (changed === null) return null;
  return (
    <Notice tone="wait" icon={PencilLine} size={size} title={<VisibleText text={`Changed by ${changed.by}.`} />}>
      <span className="block">
        An approval is of the changed request. Their reason: “
        <LongText text={changed.reason} />”
      </span>
      <span className="mt-2 block">
        <ChangesList rows={changeRows(changed.changes ?? [], proposed)} />
      </span>
    </Notice>
  );
}
