import { Instant } from "@/components/ui/instant";
import { factNoun, grantGivers, grantLimitsText, usedOfTotal } from "@/lib/domain/grants/grant-text";
import type { DecisionBody } from "@/lib/domain/log/read-receipt-body";
import { Sub } from "./sub";

/** The standing grant that allowed the run: who gave it, within which limits, and what was used of it before. */
export function GrantAnswer({ grant }: { grant: NonNullable<DecisionBody["grant"]> }) {
  const { given_by: givenBy, given_at: givenAt, confirmed_by: confirmedBy, facts, currency, total } = grant;
  const limits = {
    currency,
    amountEach: grant.amount_each,
    total,
    maxUses: grant.max_uses,
    endsAt: new Date(grant.ends_at),
  };
  return (
    <div className="mt-1.5 border-l-2 border-line-strong pl-3">
      <p className="wrap-anywhere">
        {grantGivers({ givenBy, confirmedBy })} approved it in advance on <Instant at={givenAt} />: {grantLimitsText(limits)}.
      </p>
      <Sub>
        The same {new Intl.ListFormat("en-GB", { type: "conjunction" }).format(facts.map(factNoun))}. This was run{" "}
        {Number(grant.uses_before) + 1} of {grant.max_uses}
        {total === null ? "" : `, with ${usedOfTotal(grant.used_before, { total, currency })} used before it`}. A person would have been
        asked: <code className="font-mono text-xs">{grant.asked_reason}</code>
      </Sub>
    </div>
  );
}
