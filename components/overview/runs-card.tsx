import { ChartColumn, List } from "lucide-react";
import { buttonStyle } from "@/components/ui/button-style";
import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { RunCounts } from "@/lib/action-runs/list/get-run-counts";
import { ChartLegend } from "./chart-legend";
import { RunsChart } from "./runs-chart";
import { RunsTable } from "./runs-table";

/** Runs by day and outcome, as a chart or as a table of the same numbers. `switchHref` shows the other one. */
export function RunsCard({
  counts,
  isHourly,
  isTable,
  switchHref,
}: {
  counts: RunCounts;
  isHourly: boolean;
  isTable: boolean;
  switchHref: string;
}) {
  const unit = isHourly ? "hour" : "day";
  const SwitchIcon = isTable ? ChartColumn : List;
  return (
    <Card aria-labelledby="runs-by-day">
      <CardHeader
        title={`Runs by ${unit} and outcome`}
        id="runs-by-day"
        actions={
          <Link className={buttonStyle("ghost", "sm")} href={switchHref} scroll={false} replace>
            <SwitchIcon className="size-3.5" strokeWidth={1.75} aria-hidden="true" />
            {isTable ? "Show as chart" : "Show as table"}
          </Link>
        }
      />
      {isTable ? (
        <RunsTable counts={counts} isHourly={isHourly} />
      ) : (
        <div className="px-4 pt-4 pb-3">
          <RunsChart counts={counts} isHourly={isHourly} />
          <ChartLegend sums={counts.sums} note={`Grouped by ${unit} of the proposal, in UTC`} />
        </div>
      )}
    </Card>
  );
}
