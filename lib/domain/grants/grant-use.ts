import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";

/** How a standing grant allowed a run, and how it stood when the run was proposed. */
export interface GrantUse {
  readonly grantId: string;
  /** The run whose approval gave it. */
  readonly runId: string;
  readonly givenBy: string;
  readonly givenAt: Date;
  readonly confirmedBy: string | null;
  /** What would have asked about the run. */
  readonly askedReason: GovernanceReason;
  readonly facts: readonly string[];
  readonly currency: string | null;
  readonly amountEach: string | null;
  readonly total: string | null;
  readonly maxUses: number;
  readonly endsAt: Date;
  readonly usesBefore: number;
  readonly usedBefore: string;
}

interface Decimal {
  toFixed(): string;
}

interface UseRow {
  readonly askedReason: string;
  readonly usesBefore: number;
  readonly usedBefore: Decimal;
  readonly grant: {
    readonly id: string;
    readonly runId: string;
    readonly givenBy: string;
    readonly createdAt: Date;
    readonly confirmedBy: string | null;
    readonly facts: string[];
    readonly currency: string | null;
    readonly amountEach: Decimal | null;
    readonly total: Decimal | null;
    readonly maxUses: number;
    readonly endsAt: Date;
  };
}

/** What `grantUseOf` reads of a run. */
export const grantUseColumns = { include: { grant: true } } as const;

export function grantUseOf({ grantUse }: { readonly grantUse: UseRow | null }): GrantUse | null {
  if (grantUse === null) return null;
  const { grant } = grantUse;
  return {
    grantId: grant.id,
    runId: grant.runId,
    givenBy: grant.givenBy,
    givenAt: grant.createdAt,
    confirmedBy: grant.confirmedBy,
    askedReason: grantUse.askedReason as GovernanceReason,
    facts: grant.facts,
    currency: grant.currency,
    amountEach: grant.amountEach?.toFixed() ?? null,
    total: grant.total?.toFixed() ?? null,
    maxUses: grant.maxUses,
    endsAt: grant.endsAt,
    usesBefore: grantUse.usesBefore,
    usedBefore: grantUse.usedBefore.toFixed(),
  };
}
