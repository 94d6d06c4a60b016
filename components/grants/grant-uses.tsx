import { ExecutionBadge } from "@/components/action-runs/execution-badge";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { type PlainColumn, PlainTable, ROW_LINK } from "@/components/ui/plain-table";
import { moneyText } from "@/lib/domain/policy/money-text";
import type { ListedUse } from "@/lib/grants/get-grant-page";

/** The runs that a grant allowed, newest first. */
export function GrantUses({ workspaceId, uses }: { workspaceId: string; uses: readonly ListedUse[] }) {
  const columns: PlainColumn<ListedUse>[] = [
    {
      head: "Run",
      place: "name",
      isElastic: true,
      cell: ({ runId, sentence }) => (
        <Link className={ROW_LINK} href={`/workspaces/${workspaceId}/runs/${runId}`} prefetch={false}>
          <VisibleText text={sentence} />
        </Link>
      ),
    },
    {
      head: "Amount",
      isNumber: true,
      place: "beside",
      cell: ({ amount, currency }) =>
        amount === null ? <span className="text-subtle">none</span> : moneyText({ decimal: amount, currency }),
    },
    {
      head: "Execution",
      place: "second",
      cell: ({ execution }) => <ExecutionBadge status={execution} quiet />,
    },
    { head: "Proposed", place: "end", cell: ({ at }) => <Instant at={at} format="short" /> },
  ];
  return <PlainTable label="Runs that the grant allowed" columns={columns} rows={uses} keyOf={({ runId }) => runId} />;
}
