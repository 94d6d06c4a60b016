import { offeredFields } from "@/lib/domain/policy/change-fields";
import type { DecisionView } from "@/lib/domain/runs/decision-view";

/** The values of the changeable fields as they are now: as proposed, or as somebody has changed them. */
export function currentValues({ changeable, payload }: DecisionView): Record<string, string> {
  return Object.fromEntries(offeredFields(payload, changeable).map(({ field, value }) => [field, value]));
}
