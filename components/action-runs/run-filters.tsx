"use client";

import { Bot, CheckCheck, Scale, Undo2, UserRound, Zap } from "lucide-react";
import { FilterChip } from "@/components/data-table/filter-chip";
import { OptionsFilter } from "@/components/data-table/options-filter";
import { SearchBox } from "@/components/data-table/search-box";
import type { RunFacets } from "@/lib/action-runs/list/get-run-facets";
import { ENDINGS, EXECUTION_FILTERS, escapeValue, type RunSearch } from "@/lib/domain/runs/run-search";
import { GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { AmountFilter } from "./amount-filter";
import { ExecutionBadge } from "./execution-badge";
import { GovernanceBadge } from "./governance-badge";
import { PeriodFilter } from "./period-filter";
import { VisibleText } from "./visible-text";

export const FILTER_PARAMS = [
  "q",
  "status",
  "ended",
  "execution",
  "action",
  "actor",
  "recipient",
  "within",
  "from",
  "until",
  "min",
  "max",
  "currency",
] as const;

const words = (value: string) => value.replaceAll("_", " ");
const GOVERNANCE = GOVERNANCE_STATUSES.map((value) => ({ value, text: words(value), label: <GovernanceBadge status={value} quiet /> }));
const ENDED = ENDINGS.map((value) => ({
  value,
  text: words(value),
  label: <GovernanceBadge status="rejected" reason={value} quiet />,
}));
const EXECUTION = EXECUTION_FILTERS.map((value) => ({ value, text: words(value), label: <ExecutionBadge status={value} quiet /> }));

/** The filter's choices. Names that only the URL contains are included, so they can be unchecked. */
export function RunFilters({ facets, search }: { facets: RunFacets; search: RunSearch }) {
  return (
    <>
      <SearchBox label="Search in runs" placeholder="Search ID, payload, source" />
      <OptionsFilter label="Governance" param="status" options={GOVERNANCE} icon={<Scale aria-hidden="true" />} />
      <OptionsFilter label="Ended" param="ended" options={ENDED} icon={<Undo2 aria-hidden="true" />} />
      <OptionsFilter label="Execution" param="execution" options={EXECUTION} icon={<CheckCheck aria-hidden="true" />} />
      <OptionsFilter label="Action" param="action" options={names(facets.actions, search.actions)} icon={<Zap aria-hidden="true" />} />
      <OptionsFilter label="Actor" param="actor" options={names(facets.actors, search.actors)} icon={<Bot aria-hidden="true" />} />
      {search.recipient === null ? null : (
        <FilterChip
          label="Recipient"
          value={
            <span className="inline-block max-w-48 truncate align-bottom">
              is <VisibleText text={search.recipient} />
            </span>
          }
          icon={<UserRound aria-hidden="true" />}
          params={["recipient"]}
        >
          <p className="text-sm wrap-anywhere">
            Runs to exactly <VisibleText text={search.recipient} />
          </p>
        </FilterChip>
      )}
      <PeriodFilter label="Proposed" search={search} />
      <AmountFilter search={search} currencies={facets.currencies} />
    </>
  );
}

function names(known: readonly string[], asked: readonly string[]) {
  return [...new Set([...known, ...asked])].map((name) => ({
    value: escapeValue(name),
    text: name,
    label: (
      <span className="font-mono text-xs wrap-anywhere">
        <VisibleText text={name} />
      </span>
    ),
  }));
}
