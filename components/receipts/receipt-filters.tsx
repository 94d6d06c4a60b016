"use client";

import { Scale, Stamp, Zap } from "lucide-react";
import { PeriodFilter } from "@/components/action-runs/period-filter";
import { OptionsFilter } from "@/components/data-table/options-filter";
import { SearchBox } from "@/components/data-table/search-box";
import { RECEIPT_KINDS } from "@/lib/domain/log/receipt-body";
import { RECEIPT_LIST_OUTCOMES, type ReceiptFilter } from "@/lib/domain/log/receipt-filter";
import { RECEIPT_KIND_LABELS } from "@/lib/words/receipt-kind-labels";

export const RECEIPT_FILTER_PARAMS = ["by", "kind", "outcome", "action", "within", "from", "until", "to"] as const;

const KINDS = RECEIPT_KINDS.map((value) => ({ value, text: RECEIPT_KIND_LABELS[value], label: RECEIPT_KIND_LABELS[value] }));
const OUTCOMES = RECEIPT_LIST_OUTCOMES.map((value) => ({ value, text: value, label: `${value.charAt(0).toUpperCase()}${value.slice(1)}` }));

/** Filters receipts the same way as the list of runs. */
export function ReceiptFilters({
  filter,
  actionNames,
}: {
  filter: Pick<ReceiptFilter, "actions" | "within" | "from" | "until">;
  actionNames: readonly string[];
}) {
  const { actions = [], within = null, from = null, until = null } = filter;
  const names = [...new Set([...actionNames, ...actions])].map((name) => ({
    value: name,
    text: name,
    label: <span className="font-mono text-xs wrap-anywhere">{name}</span>,
  }));
  return (
    <>
      <SearchBox label="Decided by: an address, policy or expiry" placeholder="Decided by" param="by" />
      <OptionsFilter label="Outcome" param="outcome" options={OUTCOMES} icon={<Scale aria-hidden="true" />} />
      <OptionsFilter label="Kind" param="kind" options={KINDS} icon={<Stamp aria-hidden="true" />} />
      <OptionsFilter label="Action" param="action" options={names} icon={<Zap aria-hidden="true" />} />
      <PeriodFilter label="Recorded" search={{ within, from, until }} />
    </>
  );
}
