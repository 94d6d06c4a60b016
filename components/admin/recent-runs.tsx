import { ListX } from "lucide-react";
import { ExecutionBadge } from "@/components/action-runs/execution-badge";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import type { RecentRun } from "@/lib/action-runs/list/list-recent-runs";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";

const COLUMNS: readonly PlainColumn<RecentRun>[] = [
  {
    head: "Action",
    place: "name",
    cell: ({ actionName, actionTitle }) => (
      <span className="font-medium" title={actionName}>
        {actionTitle ?? actionName}
      </span>
    ),
  },
  {
    head: "Workspace",
    place: "second",
    isElastic: true,
    cell: ({ workspace: { name, clientName } }) => (
      <span title={`${name}, ${clientName}`}>
        {name}, {clientName}
      </span>
    ),
  },
  {
    head: "Governance",
    cell: (run) => <GovernanceBadge status={run.governanceStatus as GovernanceStatus} reason={run.governanceReason} quiet />,
  },
  { head: "Execution", place: "hidden", cell: (run) => <ExecutionBadge status={run.execution} quiet /> },
  { head: "Proposed", place: "end", cell: (run) => <Instant at={run.createdAt} format="short" /> },
];

/** That there were runs, and where they stand. What was proposed is the workspace's business, so nothing leads there. */
export function RecentRuns({ runs }: { runs: readonly RecentRun[] }) {
  return (
    <Card aria-labelledby="recent-runs">
      <CardHeader title="Recent runs" id="recent-runs" note="Payloads are visible only in the workspace" />
      {runs.length === 0 ? (
        <EmptyState icon={ListX} title="No runs yet">
          The newest runs of all workspaces appear here.
        </EmptyState>
      ) : (
        <PlainTable label="Recent runs" columns={COLUMNS} rows={runs} keyOf={(run) => run.id} />
      )}
    </Card>
  );
}
