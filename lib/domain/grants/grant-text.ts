import { formatAmount } from "@/lib/domain/policy/format-amount";
import { moneyText } from "@/lib/domain/policy/money-text";
import type { GrantEndReason, GrantLimits } from "./grant";
import type { GrantUse } from "./grant-use";

const LAST_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Who gave a grant, and who confirmed it: "ann@example.com and bo@example.com". */
export function grantGivers({ givenBy, confirmedBy }: { readonly givenBy: string; readonly confirmedBy: string | null }): string {
  return confirmedBy === null ? givenBy : `${givenBy} and ${confirmedBy}`;
}

/** "ann@example.com approved it in advance with a standing grant: run 3 of 10, 1,240.00 of 2,000.00 EUR used before it". */
export function grantUseText(
  use: Pick<GrantUse, "givenBy" | "confirmedBy" | "usesBefore" | "usedBefore" | "maxUses" | "total" | "currency">,
): string {
  const used = use.total === null ? "" : `, ${usedOfTotal(use.usedBefore, { total: use.total, currency: use.currency })} used before it`;
  return `${grantGivers(use)} approved it in advance with a standing grant: run ${use.usesBefore + 1} of ${use.maxUses}${used}`;
}

/** What an explanation says of a grant that allowed a run. */
export function grantWords(use: GrantUse | null): { askedReason: GrantUse["askedReason"]; text: string } | null {
  return use && { askedReason: use.askedReason, text: grantUseText(use) };
}

/** "1,240.00 of 2,000.00 EUR". */
export function usedOfTotal(used: string, { total, currency }: { readonly total: string; readonly currency: string | null }): string {
  return `${formatAmount(used)} of ${moneyText({ decimal: total, currency })}`;
}

/** "up to 500.00 EUR each, 2,000.00 EUR in all, 10 runs, until the end of 3 December 2026 UTC". */
export function grantLimitsText({ currency, amountEach, total, maxUses, endsAt }: GrantLimits): string {
  const amounts =
    amountEach === null || total === null
      ? ""
      : `up to ${moneyText({ decimal: amountEach, currency })} each, ${moneyText({ decimal: total, currency })} in all, `;
  return `${amounts}${maxUses} ${maxUses === 1 ? "run" : "runs"}, until the end of ${lastDay(endsAt)} UTC`;
}

/** A grant ends at midnight UTC, at the end of its last day. */
function lastDay(endsAt: Date): string {
  return LAST_DAY.format(endsAt.getTime() - 1);
}

const FACT_NOUNS: Readonly<Record<string, string>> = { recipient: "recipient", actor: "actor", key: "API key", source: "source" };

/** What has to be the same, as a noun: "recipient", "supplier.id". */
export function factNoun(name: string): string {
  return FACT_NOUNS[name] ?? name.replace(/^payload\./, "");
}

/** Why a grant ended, after "Ended: ". */
export const GRANT_ENDINGS: Readonly<Record<GrantEndReason, string>> = {
  revoked: "it was revoked",
  policy_changed: "the action’s policy changed",
  approvals_changed: "the action now needs several approvals",
  risk_raised: "the action’s risk is now critical",
  right_lost: "who approved it can no longer approve every run of the action",
  approval_revoked: "the approval it came with was revoked",
  erased: "the data of its run was erased",
  workspace_deleted: "the workspace was deleted",
};
