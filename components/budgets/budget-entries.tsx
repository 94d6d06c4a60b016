import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { type PlainColumn, PlainTable, ROW_LINK } from "@/components/ui/plain-table";
import { Tag } from "@/components/ui/tag";
import type { BudgetEntryRow } from "@/lib/budgets/get-budget-page";
import type { ListedBudget } from "@/lib/budgets/list-budgets";
import { perNoun, quantityText } from "@/lib/domain/budgets/budget-text";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import { STATE_LABELS } from "./budget-labels";

const UNREADABLE = { amount: "unreadable amount", currency: "another currency", per_value: "unreadable value" } as const;

/** The runs that a budget counted, and how it stood before each. */
export function BudgetEntries({
  workspaceId,
  budget,
  entries,
}: {
  workspaceId: string;
  budget: ListedBudget;
  entries: readonly BudgetEntryRow[];
}) {
  const noun = perNoun(budget);
  const columns: PlainColumn<BudgetEntryRow>[] = [
    {
      head: "Run",
      place: "name",
      isElastic: true,
      cell: ({ runId, sentence, actionTitle, actionName }) => (
        <Link className={ROW_LINK} href={`/workspaces/${workspaceId}/runs/${runId}`} prefetch={false}>
          <VisibleText text={sentence ?? actionTitle ?? actionName} />
        </Link>
      ),
    },
    ...(noun === null
      ? []
      : [
          {
            head: budget.per === "field" ? noun : noun.charAt(0).toUpperCase() + noun.slice(1),
            place: "second" as const,
            isWideOnly: true,
            cell: ({ perValue, unreadable }: BudgetEntryRow) =>
              perValue === null ? (
                <span className="text-subtle">{unreadable === "per_value" ? "none" : "erased"}</span>
              ) : (
                <span className="block truncate md:max-w-36" title={visibleText(perValue)}>
                  <VisibleText text={perValue} />
                </span>
              ),
          },
        ]),
    {
      head: budget.measure === "sum" ? "Amount" : "Counts as",
      isNumber: true,
      place: "beside",
      cell: ({ amount, unreadable }) =>
        amount === null ? (
          <span className="text-muted">{unreadable === null ? "erased" : UNREADABLE[unreadable]}</span>
        ) : (
          quantityText(budget, amount)
        ),
    },
    {
      head: "Used before",
      isNumber: true,
      isWideOnly: true,
      place: "hidden",
      cell: ({ usedBefore, isExceeded }) => (
        <span className={isExceeded ? "text-wait" : "text-muted"}>{quantityText(budget, usedBefore)}</span>
      ),
    },
    {
      head: "State",
      cell: ({ state, isExceeded, unreadable }) => (
        <span className="inline-flex items-center gap-1.5">
          {STATE_LABELS[state]}
          {isExceeded && unreadable === null ? <Tag>over</Tag> : null}
        </span>
      ),
    },
    {
      head: "Governance",
      isWideOnly: true,
      place: "hidden",
      cell: ({ status, reason }) => <GovernanceBadge status={status} reason={reason} quiet />,
    },
    { head: "Proposed", place: "end", cell: ({ createdAt }) => <Instant at={createdAt} format="short" /> },
  ];
  return <PlainTable label="Counted runs" columns={columns} rows={entries} keyOf={({ runId }) => runId} />;
}
