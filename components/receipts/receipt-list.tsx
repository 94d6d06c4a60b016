import { Eraser, RotateCcw, Snowflake, Sun } from "lucide-react";
import { ExecutionBadge } from "@/components/action-runs/execution-badge";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { Money } from "@/components/action-runs/money";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Badge } from "@/components/ui/badge";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { type PlainColumn, PlainTable, ROW_LINK } from "@/components/ui/plain-table";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import type { ListedReceipt } from "@/lib/receipts/document/list-receipts";

const NONE = <span className="text-subtle">none</span>;

/** Runs with a receipt, newest receipt first: the decision and the reported outcome, in one row. */
export function ReceiptList({ receipts, home }: { receipts: readonly ListedReceipt[]; home: string }) {
  const columns: readonly PlainColumn<ListedReceipt>[] = [
    {
      head: "Recorded",
      place: "end",
      cell: ({ createdAt }) => (
        <span className="text-muted">
          <Instant at={createdAt} format="short" />
        </span>
      ),
    },
    {
      head: "Action",
      place: "name",
      cell: ({ id, kind, actionName, actionTitle }) => (
        <Link className={ROW_LINK} href={`${home}/${id}`} prefetch={false}>
          {actionName === null ? (
            kind === "log_restarted" ? (
              "The receipt log"
            ) : (
              "Freeze"
            )
          ) : (
            <span title={actionName}>
              <VisibleText text={actionTitle ?? actionName} />
            </span>
          )}
        </Link>
      ),
    },
    { head: "Decision", cell: (receipt) => <DecisionBadge receipt={receipt} /> },
    { head: "Execution", place: "hidden", cell: (receipt) => <ReportBadge receipt={receipt} /> },
    {
      head: "Amount",
      place: "beside",
      isNumber: true,
      cell: ({ amount, currency }) => (amount === null ? NONE : <Money amount={{ decimal: amount, currency }} />),
    },
    {
      head: "Recipient",
      place: "hidden",
      isWideOnly: true,
      cell: ({ recipient }) =>
        recipient === null ? (
          NONE
        ) : (
          <span className="block max-w-40 truncate" title={visibleText(recipient)}>
            <VisibleText text={recipient} />
          </span>
        ),
    },
    {
      head: "By",
      place: "second",
      cell: (receipt) => (
        <span className="block max-w-44 truncate text-muted max-md:max-w-none" title={byWords(receipt)}>
          {byWords(receipt)}
        </span>
      ),
    },
  ];
  return <PlainTable label="Receipts" columns={columns} rows={receipts} keyOf={({ id }) => id} />;
}

function DecisionBadge({ receipt: { kind, governanceStatus, reason } }: { receipt: ListedReceipt }) {
  if (kind === "freeze") return <Badge tone="stop" icon={Snowflake} label="Frozen" title="freeze" quiet />;
  if (kind === "thaw") return <Badge tone="ok" icon={Sun} label="Thawed" title="thaw" quiet />;
  if (governanceStatus === null) return <Badge tone="wait" icon={RotateCcw} label="Restarted" title="log_restarted" quiet />;
  return <GovernanceBadge status={governanceStatus as GovernanceStatus} reason={reason} quiet />;
}

/** Only from receipts: an outcome not reported yet has none. */
function ReportBadge({ receipt: { kind, executionStatus } }: { receipt: ListedReceipt }) {
  const isReported = executionStatus === "executed" || executionStatus === "failed";
  return (
    <span className="flex items-center gap-3">
      {isReported ? <ExecutionBadge status={executionStatus} quiet /> : kind === "erasure" ? null : NONE}
      {kind === "erasure" ? <Badge tone="no" icon={Eraser} label="Erased" title="erasure" quiet /> : null}
    </span>
  );
}

/** Who decided, erased the run's data, or gave, confirmed or ended its grant. */
function byWords({ kind, decidedBy, reason }: ListedReceipt): string {
  if (kind === "log_restarted") return "the operator";
  if (decidedBy !== null) return decidedBy;
  if (kind === "grant_end") return "the console";
  if (reason === "withdrawn") return "the app";
  return reason === "approval_expired" || reason === "approval_lapsed" ? "expiry" : "the policy";
}
