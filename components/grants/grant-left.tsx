"use client";

import { ShareBar, shareTextStyle } from "@/components/ui/usage-bar";
import { usedOfTotal } from "@/lib/domain/grants/grant-text";
import type { ListedGrant } from "@/lib/grants/list-grants";

/** How much of a grant is used: its runs, and what they add up to. */
export function GrantLeft({ grant }: { grant: Pick<ListedGrant, "uses" | "maxUses" | "used" | "total" | "currency"> }) {
  const { uses, maxUses, used, total, currency } = grant;
  const share = Math.min(1, uses / maxUses);
  const totalShare = total === null ? 0 : Math.min(1, Number(used) / Number(total));
  return (
    <div className="grid gap-2.5">
      <Level label="Runs" value={`${uses} of ${maxUses}`} share={share} />
      {total === null ? null : <Level label="Amount" value={usedOfTotal(used, { total, currency })} share={totalShare} />}
    </div>
  );
}

function Level({ label, value, share }: { label: string; value: string; share: number }) {
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap justify-between gap-x-3 text-xs">
        <span className="text-muted">{label}</span>
        <span className={`min-w-0 wrap-anywhere tabular-nums ${shareTextStyle(share)}`}>{value}</span>
      </div>
      <ShareBar share={share} />
    </div>
  );
}
