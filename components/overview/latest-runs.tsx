import { ExecutionBadge } from "@/components/action-runs/execution-badge";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { Money } from "@/components/action-runs/money";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { type PlainColumn, PlainTable, ROW_LINK } from "@/components/ui/plain-table";
import type { LatestRun } from "@/lib/action-runs/list/list-latest-runs";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";

/** A few rows of the page of runs. */
export function LatestRuns({ runs, runsHref }: { runs: readonly LatestRun[]; runsHref: string }) {
  const columns: readonly PlainColumn<LatestRun>[] = [
    {
      head: "Proposed",
      place: "end",
      cell: (run) => (
        <span className="text-muted">
          <Instant at={run.createdAt} format="short" />
        </span>
      ),
    },
    {
      head: "Action",
      place: "name",
      cell: (run) => (
        <Link className={ROW_LINK} href={`${runsHref}/${run.id}`} prefetch={false}>
          {run.actionName}
        </Link>
      ),
    },
    {
      head: "Governance",
      cell: (run) => <GovernanceBadge status={run.governanceStatus as GovernanceStatus} reason={run.governanceReason} quiet />,
    },
    { head: "Execution", place: "hidden", cell: (run) => <ExecutionBadge status={run.execution} quiet /> },
    {
      head: "Amount",
      place: "beside",
      isNumber: true,
      cell: (run) => (run.amount === null ? <span className="text-subtle">none</span> : <Money amount={run.amount} />),
    },
  ];
  return (
    <Card className="overflow-hidden" aria-labelledby="latest-runs">
      <CardHeader
        title="Latest runs"
        id="latest-runs"
        actions={
          <Link className="pr-2 text-xs text-link no-underline hover:underline" href={runsHref}>
            All runs
          </Link>
        }
      />
      <PlainTable label="Latest runs" columns={columns} rows={runs} keyOf={(run) => run.id} />
    </Card>
  );
}
