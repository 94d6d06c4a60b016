"use client";

import type { RunCounts, StatusCounts } from "@/lib/action-runs/list/get-run-counts";
// React may stream a server component's SVG in parts, joined through a style attribute that the content security policy blocks. A client
// component arrives whole.
import { type Bucket, bucketLabel, bucketName } from "./bucket-labels";
import { CHART_FILL } from "./chart-fill";
import { axisWords, CHART_LABELS, CHART_ORDER, type ChartBar, chartGeometry, labeledBuckets, PLOT_HEIGHT } from "./chart-geometry";

const MARGIN_TOP = 8;
const HEIGHT = MARGIN_TOP + PLOT_HEIGHT + 24;
const LABEL = "fill-subtle text-2xs tabular-nums";

/** Drawn without styles: x positions are percentages, so text keeps its size. */
export function RunsChart({ counts, isHourly }: { counts: RunCounts; isHourly: boolean }) {
  const { lines, bars } = chartGeometry(counts.buckets.map((bucket) => bucket.counts));
  const buckets = counts.buckets.map(({ start }, index): Bucket => ({ start, isHour: isHourly, isLast: index === bars.length - 1 }));
  const first = buckets[0];
  return (
    <div
      className="flex"
      role="img"
      aria-label={`Runs by ${isHourly ? "hour" : "day"} since ${first ? bucketName(first) : "now"}, stacked by outcome. The table shows the same numbers.`}
    >
      <svg className="w-9 flex-none" height={HEIGHT} aria-hidden="true">
        {lines.map(({ value, y }) => (
          <text className={LABEL} key={value} x="28" y={MARGIN_TOP + y + 4} textAnchor="end">
            {axisWords(value)}
          </text>
        ))}
      </svg>
      <svg className="min-w-0 flex-1 overflow-visible" height={HEIGHT} aria-hidden="true">
        {lines.map(({ value, y }) => (
          <line
            className={value === 0 ? "stroke-line-strong" : "stroke-line"}
            key={value}
            x1="0"
            x2="100%"
            y1={MARGIN_TOP + y + 0.5}
            y2={MARGIN_TOP + y + 0.5}
            shapeRendering="crispEdges"
          />
        ))}
        {bars.map((bar, index) => {
          const bucket = buckets[index];
          const ofBucket = counts.buckets[index]?.counts;
          return bucket && ofBucket ? (
            <Bar
              bar={bar}
              key={bucket.start.getTime()}
              title={`${bucketName(bucket)}: ${barWords(ofBucket)}`}
              pitch={100 / bars.length}
              place={index}
            />
          ) : null;
        })}
        <Labels buckets={buckets} />
      </svg>
    </div>
  );
}

/** The whole column reacts to the pointer, even where a day had few or no runs. */
function Bar({ bar, title, pitch, place }: { bar: ChartBar; title: string; pitch: number; place: number }) {
  return (
    <g className="group/bar">
      <title>{title}</title>
      <rect
        className="fill-transparent group-hover/bar:fill-hover"
        x={`${place * pitch}%`}
        y={MARGIN_TOP}
        width={`${pitch}%`}
        height={PLOT_HEIGHT}
      />
      {bar.segments.map(({ status, y, height }) => (
        <rect
          className={CHART_FILL[status]}
          key={status}
          x={`${bar.left}%`}
          y={MARGIN_TOP + y}
          width={`${bar.width}%`}
          height={height}
          rx={Math.min(1.5, height / 2)}
        />
      ))}
    </g>
  );
}

/** On phones, every other label is hidden. */
function Labels({ buckets }: { buckets: readonly Bucket[] }) {
  const labeled = labeledBuckets(buckets.length);
  let fromLast = labeled.size;
  return buckets.map((bucket, index) => {
    if (!labeled.has(index)) return null;
    fromLast -= 1;
    const isSpare = fromLast % 2 === 1;
    const isAtEdge = bucket.isLast && buckets.length > 30;
    return (
      <text
        className={`${LABEL} ${isSpare ? "max-sm:hidden" : ""}`}
        key={bucket.start.getTime()}
        x={isAtEdge ? "100%" : `${((index + 0.5) * 100) / buckets.length}%`}
        y={MARGIN_TOP + PLOT_HEIGHT + 18}
        textAnchor={isAtEdge ? "end" : "middle"}
      >
        {bucketLabel(bucket)}
      </text>
    );
  });
}

function barWords(counts: StatusCounts): string {
  const parts = CHART_ORDER.filter((status) => counts[status] > 0).map(
    (status) => `${CHART_LABELS[status].toLowerCase()} ${counts[status].toLocaleString("en-US")}`,
  );
  return parts.length === 0 ? "no runs" : parts.join(", ");
}
