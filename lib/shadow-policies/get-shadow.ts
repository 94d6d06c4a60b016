import { MAX_BACKTEST_RUNS } from "@/lib/backtests/compare-recorded-runs";
import type { ShadowEndReason } from "@/lib/domain/policy/shadow-policy";
import type { Draft } from "@/lib/registered-actions/schema";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { storedDraft } from "./require-running";

export interface ShadowView {
  readonly id: string;
  readonly draft: Draft;
  /** The version in force when it was started. */
  readonly policyVersion: number;
  readonly startedBy: string;
  readonly startedAt: Date;
  /** null: it runs. */
  readonly ended: { readonly at: Date; readonly by: string | null; readonly reason: ShadowEndReason } | null;
  /** Runs that both policies answered, and those that they answered differently, of the newest that are compared. */
  readonly compared: number;
  readonly different: number;
}

/** The shadow policy of an action that runs, or that ended last. */
export async function getShadow(ctx: WorkspaceContext, actionId: string): Promise<ShadowView | null> {
  await requirePermission(ctx, "action.read");
  const { db, workspaceId } = ctx;
  const newestEnd = { endedAt: { sort: "desc", nulls: "first" } } as const;
  const shadow = await db.shadowPolicy.findFirst({ where: { workspaceId, actionId }, orderBy: newestEnd });
  if (!shadow) return null;
  const [counts] = await db.$queryRaw<{ compared: number; different: number }[]>`
    SELECT count(outcome)::int AS compared, (count(*) FILTER (WHERE outcome <> policy_outcome))::int AS different
    FROM (SELECT a.outcome, a.policy_outcome FROM shadow_answers a WHERE a.shadow_id = ${shadow.id}::uuid
      ORDER BY a.run_id DESC LIMIT ${MAX_BACKTEST_RUNS}) newest`;
  const { id, policyVersion, startedBy, startedAt, endedAt, endedBy, endReason } = shadow;
  return {
    id,
    draft: storedDraft(shadow),
    policyVersion,
    startedBy,
    startedAt,
    // The database has a CHECK.
    ended: endedAt && { at: endedAt, by: endedBy, reason: endReason as ShadowEndReason },
    compared: counts?.compared ?? 0,
    different: counts?.different ?? 0,
  };
}
