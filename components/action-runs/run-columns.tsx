import type { ReactNode } from "react";
import { RowLink } from "@/components/data-table/row-link";
import type { DataColumn } from "@/components/data-table/table-features";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Tag } from "@/components/ui/tag";
import type { RunRow } from "@/lib/action-runs/list/run-row";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import { ExecutionBadge } from "./execution-badge";
import { GovernanceBadge } from "./governance-badge";
import { registerHref } from "./register-href";
import { shortId } from "./short-id";
import { VisibleText } from "./visible-text";

/** The columns of a list of runs. */
export function runColumns(base: string, registrable: readonly string[]): DataColumn<RunRow>[] {
  return [
    {
      id: "created",
      meta: { label: "Proposed", sortKey: "created", phone: "note" },
      cell: ({ createdAt }) => <Instant at={createdAt} format="short" />,
    },
    {
      id: "action",
      meta: { label: "Action", phone: "title", isAlwaysShown: true, className: "md:max-w-48 md:truncate" },
      cell: ({ id, isTest, actionName, actionTitle }) => (
        <>
          <RowLink href={`${base}/runs/${id}`} title={actionName}>
            <VisibleText text={actionTitle ?? actionName} />
          </RowLink>
          {isTest ? (
            <>
              {" "}
              <Tag isAccent>Test</Tag>
            </>
          ) : null}
        </>
      ),
    },
    {
      id: "sentence",
      meta: { label: "Wants to", hiddenBelow: "xl", className: "w-full max-w-0 min-w-18 min-[1500px]:min-w-44 truncate text-muted" },
      cell: ({ id, actionName, governanceReason, line }) =>
        governanceReason === "unknown_action" && registrable.includes(actionName) ? (
          <Link className="relative z-1 rounded-sm text-link hover:underline" href={registerHref(base, id)}>
            Register {actionName}
          </Link>
        ) : line === null ? (
          <span className="text-subtle">payload erased</span>
        ) : (
          <span title={visibleText(line)}>
            <VisibleText text={line} />
          </span>
        ),
    },
    {
      id: "recipient",
      meta: { label: "Recipient", isHiddenAtFirst: true, className: "max-w-48 truncate" },
      cell: ({ recipient }) => (recipient === null ? none : <VisibleText text={recipient} />),
    },
    {
      id: "governance",
      meta: { label: "Governance", phone: "line" },
      cell: ({ governanceStatus, governanceReason }) => <GovernanceBadge status={governanceStatus} reason={governanceReason} quiet />,
    },
    { id: "execution", meta: { label: "Execution", phone: "foot" }, cell: ({ execution }) => <ExecutionBadge status={execution} quiet /> },
    { id: "amount", meta: { label: "Amount", sortKey: "amount", align: "right", phone: "aside" }, cell: (row) => <Amount {...row} /> },
    {
      id: "actor",
      meta: { label: "Actor", hiddenBelow: "lg", className: "max-w-32 truncate font-mono text-xs text-muted" },
      cell: ({ actor }) => (actor === null ? none : <VisibleText text={actor} />),
    },
    {
      id: "decided",
      meta: { label: "Decided by", isHiddenAtFirst: true, className: "max-w-44 truncate" },
      cell: (row) => <DecidedBy {...row} />,
    },
    {
      id: "id",
      meta: { label: "Run", hiddenBelow: "lg", className: "font-mono text-xs text-muted" },
      cell: ({ id }) => <span title={id}>{shortId(id)}</span>,
    },
  ];
}

const none: ReactNode = <span className="font-sans text-sm text-subtle">none</span>;

/** Currencies are aligned below one another, and so are the numbers. */
function Amount({ amount, currency }: RunRow) {
  if (amount === null) return none;
  return (
    <span className="ml-auto block w-max max-w-36 break-words whitespace-normal max-md:w-auto max-md:max-w-none">
      {formatAmount(amount)}
      <span
        className="ml-1.5 inline-block w-7 truncate text-left align-bottom text-xs leading-5 text-subtle max-md:w-auto max-md:max-w-full"
        title={currency === null ? undefined : visibleText(currency)}
      >
        {currency === null ? "" : <VisibleText text={currency} />}
      </span>
    </span>
  );
}

function DecidedBy({ decidedBy, governanceStatus, governanceReason, policyVersion }: RunRow) {
  if (decidedBy !== null) return decidedBy;
  if (governanceStatus === "pending_approval") return <span className="text-subtle">pending</span>;
  if (governanceReason === "approval_expired") return <span className="text-muted">expired</span>;
  if (governanceReason === "approval_lapsed") return <span className="text-muted">not collected</span>;
  if (governanceReason === "withdrawn") return <span className="text-muted">withdrawn</span>;
  if (governanceReason === "unknown_action") return <span className="text-muted">unknown action</span>;
  if (governanceReason === "frozen") return <span className="text-muted">frozen</span>;
  if (governanceReason === "inactive_action") return <span className="text-muted">inactive action</span>;
  return <span className="text-muted">{policyVersion === null ? "policy" : `policy v${policyVersion}`}</span>;
}
