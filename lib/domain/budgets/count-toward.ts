import type { JsonObject } from "@/lib/domain/json-value";
import { readPath } from "@/lib/domain/policy/payload-fields";
import type { BudgetTerms, BudgetUnreadable } from "./budget";

/** What a budget can look at in a proposal. */
export interface CountedProposal {
  readonly payload: JsonObject;
  /** As the action reads them: a plain decimal, null when it can't be read. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly recipient: string | null;
  readonly actor: string | null;
  /** The name of the API key. */
  readonly key: string;
  readonly source: { readonly type: string | null; readonly ref: string | null } | null;
}

export interface CountedValue {
  /** null: `unreadable` says why it can't be counted. */
  readonly amount: string | null;
  readonly unreadable: BudgetUnreadable | null;
  /** What the budget counts it under; null when it counts everything together, or the value can't be read. */
  readonly perValue: string | null;
}

/** How a proposal counts toward a budget. What can't be read has no amount, and so never fits into any limit. */
export function countToward({ measure, currency, per, perField }: BudgetTerms, proposal: CountedProposal): CountedValue {
  const perValue = per === "nothing" ? null : readPer(per, perField, proposal);
  const unreadable =
    per !== "nothing" && perValue === null
      ? "per_value"
      : measure === "count"
        ? null
        : proposal.amount === null
          ? "amount"
          : proposal.currency === currency
            ? null
            : "currency";
  const amount = measure === "count" ? "1" : proposal.amount;
  return { amount: unreadable === null ? amount : null, unreadable, perValue };
}

/** Values that differ only in case, in how they are encoded, or in surrounding blanks are counted as one. */
export function samePerValue(value: string): string {
  return value.normalize("NFKC").trim().toLowerCase();
}

function readPer(per: Exclude<BudgetTerms["per"], "nothing">, field: string | null, proposal: CountedProposal): string | null {
  switch (per) {
    case "recipient":
      return textOf(proposal.recipient);
    case "actor":
      return textOf(proposal.actor);
    case "key":
      return proposal.key;
    case "source":
      return textOf([proposal.source?.type, proposal.source?.ref].filter((part) => part != null && part !== "").join(" "));
    case "field":
      return textOf(field === null ? null : readPath(proposal.payload, field));
  }
}

function textOf(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : null;
}
