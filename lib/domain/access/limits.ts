/** The limits of the free plan, by name. Months and days are UTC. */
export const LIMITS = {
  /** Per owner. */
  activeWorkspaces: 2,
  activeActionsPerWorkspace: 3,
  /** Per owner and calendar month. */
  runsPerMonth: 1000,
  /** Approval emails, per owner and calendar month. */
  emailsPerMonth: 100,
  /** Per API key. */
  interceptsPerMinute: 30,
  /** Per API key. */
  interceptsPerDay: 500,
} as const;

export type LimitName = keyof typeof LIMITS;
export const LIMIT_NAMES = Object.keys(LIMITS) as readonly LimitName[];

/** null means unlimited. */
export type Limits = Record<LimitName, number | null>;

export const PLANS = ["free", "unlimited"] as const;
export type Plan = (typeof PLANS)[number];

/** The plan of new accounts; null is that of the settings. Operators are not limited. */
export function planOfNewAccount({ isOperator }: { isOperator: boolean }): Plan | null {
  return isOperator ? "unlimited" : null;
}

/** Who can raise a limit, and where: the last part of every message about one. */
export const WHO_RAISES_LIMITS = "The operator of this console can raise the limit in Admin, Users.";

/**
 * The limits that hold for one owner. The operator's numbers change the free plan, the plan `unlimited` switches all
 * limits off, and what the operator set for this owner wins over both.
 */
export function resolveLimits(from: { plan: Plan; planOverrides?: Partial<Limits>; ownerOverrides?: Partial<Limits> }): Limits {
  const resolve = (name: LimitName): number | null => {
    const ofOwner = from.ownerOverrides?.[name];
    if (ofOwner !== undefined) return ofOwner;
    if (from.plan === "unlimited") return null;
    const ofPlan = from.planOverrides?.[name];
    return ofPlan === undefined ? LIMITS[name] : ofPlan;
  };
  return {
    activeWorkspaces: resolve("activeWorkspaces"),
    activeActionsPerWorkspace: resolve("activeActionsPerWorkspace"),
    runsPerMonth: resolve("runsPerMonth"),
    emailsPerMonth: resolve("emailsPerMonth"),
    interceptsPerMinute: resolve("interceptsPerMinute"),
    interceptsPerDay: resolve("interceptsPerDay"),
  };
}

/** Sizes that no plan changes. Bytes are of the JSON text as received, in UTF-8; lengths are Unicode characters. */
export const PAYLOAD_MAX_BYTES = 16_384;
export const RESULT_MAX_BYTES = 16_384;
export const REASONING_MAX_LENGTH = 2000;
export const SOURCE_TYPE_MAX_LENGTH = 100;
export const SOURCE_REF_MAX_LENGTH = 500;
export const ACTOR_MAX_LENGTH = 200;
export const ERROR_MAX_LENGTH = 4000;
export const COMMENT_MAX_LENGTH = 2000;
export const IDEMPOTENCY_KEY_MAX_LENGTH = 256;
export const WORKER_MAX_LENGTH = 200;
export const CLAIM_TOKEN_MAX_LENGTH = 200;
/** Of a token that a worker made itself: too long to be guessed, or to be chosen by hand. */
export const OWN_CLAIM_TOKEN_MIN_LENGTH = 32;

export const LEASE_MIN_SECONDS = 5;
export const LEASE_MAX_SECONDS = 3600;
export const LEASE_DEFAULT_SECONDS = 60;

/** The longest a status request may be held. */
export const WAIT_MAX_SECONDS = 60;

/** How many people an action's list names, and how many of them it can ask to approve. */
export const MAX_APPROVERS = 20;
/** Groups of members in a workspace. */
export const MAX_GROUPS = 100;
/** Stages after the first, in which others approve. */
export const MAX_LATER_STAGES = 4;
/** How many waiting runs are decided at once: as many as fit on one screen. */
export const MAX_AT_ONCE = 100;
/** The text by which the queue is filtered. */
export const QUEUE_TEXT_MAX_LENGTH = 200;
/** The name of a saved view of runs. */
export const VIEW_NAME_MAX_LENGTH = 60;
/** Why a run's personal data are erased. */
export const ERASE_REASON_MAX_LENGTH = 500;
/** How many days the personal data of ended runs can be stored, where a workspace erases it; the database checks them too. */
export const MIN_KEPT_DAYS = 1;
export const MAX_KEPT_DAYS = 3650;
/** How long a shared receipt can be open, in days. */
export const SHARE_LIFETIMES = ["never", "1", "7", "30", "90", "365"] as const;
