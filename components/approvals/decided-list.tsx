import { History } from "lucide-react";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { Money } from "@/components/action-runs/money";
import { VisibleText } from "@/components/action-runs/visible-text";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import type { DecidedRequest } from "@/lib/approvals/list-decided";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import { queuePath } from "./queue-path";

const COLUMNS: readonly PlainColumn<DecidedRequest>[] = [
  {
    head: "Request",
    place: "name",
    isElastic: true,
    cell: ({ runId, actionTitle, line, paths, workspaceName }) => (
      <span title={`${visibleText(line ?? "Payload erased")} · ${workspaceName}`}>
        <Link className="rounded-sm font-medium text-ink hover:underline" href={paths?.run ?? queuePath({ runId })}>
          <VisibleText text={actionTitle} />
        </Link>
        {line === null || line === "" ? null : (
          <span className="text-muted">
            {" "}
            <VisibleText text={line} />
          </span>
        )}
      </span>
    ),
  },
  { head: "Amount", place: "beside", isNumber: true, cell: ({ amount }) => (amount === null ? null : <Money amount={amount} />) },
  { head: "Decision", cell: ({ status, reason }) => <GovernanceBadge status={status} reason={reason} quiet /> },
  {
    head: "Decided by",
    place: "second",
    cell: ({ deciders }) => (deciders.length === 0 ? <span className="text-muted">Nobody</span> : <Deciders deciders={deciders} />),
  },
  { head: "Decided", place: "end", cell: ({ decidedAt }) => <Instant at={decidedAt} format="short" /> },
  {
    head: "Receipt",
    place: "second",
    cell: ({ paths }) =>
      paths?.receipt == null ? null : (
        <Link className="text-link" href={paths.receipt}>
          Open receipt
        </Link>
      ),
  },
];

function Deciders({ deciders }: Pick<DecidedRequest, "deciders">) {
  const names = deciders.map(({ name, isReader }) => (isReader ? "You" : name));
  return <span title={deciders.map(({ email }) => email).join(", ")}>{new Intl.ListFormat("en-GB").format(names)}</span>;
}

/** Lists decided requests, each with its run and its receipt. */
export function DecidedList({ requests, isOwn }: { requests: readonly DecidedRequest[]; isOwn: boolean }) {
  if (requests.length === 0) {
    return (
      <EmptyState
        icon={History}
        title={isOwn ? "You haven’t decided anything yet" : "No decisions yet"}
        action={
          <ButtonLink href={queuePath({})} size="sm">
            Open the queue
          </ButtonLink>
        }
      >
        Every decision appears here, with its run and its receipt.
      </EmptyState>
    );
  }
  return <PlainTable label="Decided requests" columns={COLUMNS} rows={requests} keyOf={({ decisionId }) => decisionId} />;
}
