"use client";

import { CheckInput } from "@/components/ui/check-input";
import { counted } from "@/lib/words/counted";

export interface Revocations {
  readonly revokesKeys: boolean;
  readonly revokesShares: boolean;
}

/** When removing someone's access: whether the keys they made and the links they shared are revoked as well. */
export function RevokeChoices({
  keys,
  shares,
  revokes,
  change,
}: {
  /** What the keys are called. */
  keys: readonly string[];
  /** How many links to receipts. */
  shares: number;
  revokes: Revocations;
  change: (revokes: Revocations) => void;
}) {
  return (
    <>
      {keys.length === 0 ? null : (
        <CheckInput
          label={`Revoke ${counted(keys.length, "key")} they created: ${keys.join(", ")}`}
          hint="Apps that use them are rejected immediately. If not selected, the keys keep working."
          checked={revokes.revokesKeys}
          onChange={(event) => change({ ...revokes, revokesKeys: event.target.checked })}
        />
      )}
      {shares === 0 ? null : (
        <CheckInput
          label={`Revoke ${counted(shares, "receipt link")} they shared`}
          hint="If not selected, anyone with a link can still open the receipt."
          checked={revokes.revokesShares}
          onChange={(event) => change({ ...revokes, revokesShares: event.target.checked })}
        />
      )}
    </>
  );
}
