import type { DecisionView } from "@/lib/domain/runs/decision-view";

/** How the reader can answer with other values: approve with a change, or propose one, if the app takes none. null: they can't. */
export function changeAnswer(
  { changeable, acceptsChanges, mayApprove }: Pick<DecisionView, "changeable" | "acceptsChanges" | "mayApprove">,
  isFrozen: boolean,
): "approve" | "reject" | null {
  if (changeable.length === 0) return null;
  if (!acceptsChanges) return "reject";
  return mayApprove && !isFrozen ? "approve" : null;
}
