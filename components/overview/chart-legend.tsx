"use client";

import type { StatusCounts } from "@/lib/action-runs/list/get-run-counts";
// React may stream a server component's SVG in parts, joined through a style attribute that the content security policy blocks. A client
// component arrives whole.
import { CHART_FILL } from "./chart-fill";
import { CHART_LABELS, CHART_ORDER } from "./chart-geometry";

/** The meaning of each color, with its sum. */
export function ChartLegend({ sums, note }: { sums: StatusCounts; note: string }) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 pt-2 pl-9 text-xs text-muted max-sm:pl-0">
      {CHART_ORDER.map((status) => (
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap" key={status}>
          <svg className="size-2.5" aria-hidden="true">
            <rect className={CHART_FILL[status]} width="10" height="10" rx="2" />
          </svg>
          {CHART_LABELS[status]} <span className="font-medium text-ink tabular-nums">{sums[status].toLocaleString("en-US")}</span>
        </span>
      ))}
      <span className="ml-auto text-subtle max-sm:ml-0">{note}</span>
    </div>
  );
}
