"use client";

import { VisibleText } from "@/components/action-runs/visible-text";
import { ShareBar, shareTextStyle } from "@/components/ui/usage-bar";
import type { BudgetLevel } from "@/lib/budgets/list-budgets";
import type { BudgetTerms } from "@/lib/domain/budgets/budget";
import { perNoun, usedOfLimit } from "@/lib/domain/budgets/budget-text";

/** How much of a budget is used, by one of the values that it counts separately. */
export function BudgetBar({
  budget,
  level,
}: {
  budget: BudgetTerms & { limit: string };
  level: Pick<BudgetLevel, "value" | "used" | "share"> | null;
}) {
  const { value, used, share } = level ?? { value: null, used: "0", share: 0 };
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap justify-between gap-x-3 text-xs">
        <span className="min-w-0 text-muted wrap-anywhere">
          {value === null ? level !== null && perNoun(budget) !== null ? "erased" : "Used" : <VisibleText text={value} />}
        </span>
        <span className={`tabular-nums ${shareTextStyle(share)}`}>{usedOfLimit(budget, used)}</span>
      </div>
      <ShareBar share={share} />
    </div>
  );
}
