"use client";

import { Button } from "@/components/ui/button";
import { CheckBox } from "@/components/ui/check-box";
import type { WaitingRun } from "@/lib/approvals/waiting-run";
import { moneyText } from "@/lib/domain/policy/money-text";
import { sumAmounts } from "@/lib/domain/policy/sum-amounts";
import type { Decision } from "@/lib/domain/runs/statuses";
import { visibleText } from "@/lib/domain/text/hidden-characters";

/** "1,890.00 EUR and 20.00 USD": one exact sum per currency; empty when nothing has an amount. */
export function sumsText(runs: readonly WaitingRun[]): string {
  return new Intl.ListFormat("en").format(sumAmounts(runs.map(({ amount }) => amount)).map((sum) => visibleText(moneyText(sum))));
}

/** The selection, its sums, and the decisions for all of it. Each opens a summary first. */
export function SelectionBar({
  selected,
  rowCount,
  onClear,
  onDecide,
}: {
  selected: readonly WaitingRun[];
  rowCount: number;
  onClear: () => void;
  onDecide: (decision: Decision) => void;
}) {
  const sums = sumsText(selected);
  const count = selected.length;
  return (
    <section
      className="z-10 grid flex-none gap-2.5 border-t border-line-strong bg-raised px-4 py-3 shadow-pop max-md:sticky max-md:bottom-0"
      aria-label={`${count} selected`}
      data-foot-bar
    >
      <div className="flex items-center gap-2">
        <CheckBox
          checked={count === rowCount}
          isMixed={count < rowCount}
          aria-label={`${count} of ${rowCount} selected, clear the selection`}
          onChange={onClear}
        />
        <span className="min-w-0 flex-1 wrap-anywhere tabular-nums" role="status">
          <strong className="font-semibold">{count} selected</strong>
          {sums === "" ? null : <span className="text-muted"> · {sums}</span>}
        </span>
        <Button variant="ghost" size="sm" kbd="Esc" onClick={onClear}>
          Clear
        </Button>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_auto_auto] gap-2">
        <Button className="!px-2 max-md:!h-11" size="sm" onClick={() => onDecide("approve")}>
          Review and approve {count}…
        </Button>
        <Button className="!px-2.5 max-md:!h-11" size="sm" onClick={() => onDecide("reject")}>
          Reject {count}…
        </Button>
        <Button className="!px-2.5 max-md:!h-11" size="sm" variant="danger" onClick={() => onDecide("block")}>
          Block {count}…
        </Button>
      </div>
    </section>
  );
}
