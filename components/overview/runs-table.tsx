import type { RunCounts, StatusCounts } from "@/lib/action-runs/list/get-run-counts";
import { bucketName } from "./bucket-labels";
import { CHART_LABELS, CHART_ORDER, sumOf } from "./chart-geometry";

const CELL = "px-3 py-1.5 text-right tabular-nums first:pl-4 first:text-left last:pr-4";

/** The chart's numbers, newest first. Scrolls inside, so that the card keeps its size. */
export function RunsTable({ counts, isHourly }: { counts: RunCounts; isHourly: boolean }) {
  const rows = counts.buckets
    .map(({ start, counts: ofBucket }) => ({ name: bucketName({ start, isHour: isHourly, isLast: false }), ofBucket }))
    .reverse();
  return (
    <div
      className="max-h-[262px] overflow-auto focus-visible:-outline-offset-2 print:max-h-none"
      tabIndex={0}
      role="region"
      aria-label={`Runs by ${isHourly ? "hour" : "day"} and outcome, as a table`}
    >
      <table className="w-full border-collapse whitespace-nowrap">
        <thead className="sticky top-0 bg-inset text-xs text-muted">
          <tr className="border-b border-line">
            <th className={`${CELL} font-medium`} scope="col">
              {isHourly ? "Hour, UTC" : "Day, UTC"}
            </th>
            {CHART_ORDER.map((status) => (
              <th className={`${CELL} font-medium`} key={status} scope="col">
                {CHART_LABELS[status]}
              </th>
            ))}
            <th className={`${CELL} font-medium`} scope="col">
              Runs
            </th>
          </tr>
        </thead>
        <tbody>
          <Row name="All" counts={counts.sums} isSum />
          {rows.map(({ name, ofBucket }) => (
            <Row counts={ofBucket} key={name} name={name} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ name, counts, isSum = false }: { name: string; counts: StatusCounts; isSum?: boolean }) {
  return (
    <tr className={`border-b border-line last:border-0 ${isSum ? "font-semibold" : ""}`}>
      <th className={`${CELL} ${isSum ? "font-semibold" : "font-normal"}`} scope="row">
        {name}
      </th>
      {CHART_ORDER.map((status) => (
        <td className={`${CELL} ${counts[status] === 0 ? "text-subtle" : ""}`} key={status}>
          {counts[status].toLocaleString("en-US")}
        </td>
      ))}
      <td className={CELL}>{sumOf(counts).toLocaleString("en-US")}</td>
    </tr>
  );
}
