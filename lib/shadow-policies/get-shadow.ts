import { MAX_BACKTEST_RUNS } from "@/lib/backtests/compare-recorded-runs";
import type { ShadowEndReason } from "@/lib/domain/policy/shadow-policy";
import type { Draft } from "@/lib/registered-actions/schema";
import { storedDraft } from "@/lib/registered-actions/shadow-draft";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface ShadowView {
  readonly id: string;
  /** null: this release can't read it. */
  readonly draft: Draft | null;
  /** The version in force when it was started. */
  readonly policyVersion: number;
  readonly startedBy: string;
  readonly startedAt: Date;
  /** null: it runs. */
  readonly ended: { readonly at: Date; readonly by: string | null; readonly reason: ShadowEndReason } | null;
}

/** The shadow policy of an action that runs, or that ended last. */
export async function getShadow(ctx: WorkspaceContext, actionId: string): Promise<ShadowView | null> {
  await requirePermission(ctx, "action.read");
  const { db, workspaceId } = ctx;
  const newestEnd = { endedAt: { sort: "desc", nulls: "first" } } as const;
  const shadow = await db.shadowPolicy.findFirst({ where: { workspaceId, actionId }, orderBy: newestEnd });
  if (!shadow) return null;
  const { id, policyVersion, startedBy, startedAt, endedAt, endedBy, endReason } = shadow;
  return {
    id,
    draft: storedDraft(shadow),
    policyVersion,
    startedBy,
    startedAt,
    // The database has a CHECK.
    ended: endedAt && { at: endedAt, by: endedBy, reason: endReason as ShadowEndReason },
  };
}

/** Runs that both policies answered, and those that they answered differently, of the newest that are compared. */
export interface AnswerCounts {
  readonly compared: number;
  readonly different: number;
}

export async function countAnswers(ctx: WorkspaceContext, shadowId: string): Promise<AnswerCounts> {
  await requirePermission(ctx, "action.read");
  const { db, workspaceId } = ctx;
  const [counts] = await db.$queryRaw<AnswerCounts[]>`
    SELECT count(outcome)::int AS compared, (count(*) FILTER (WHERE outcome <> policy_outcome))::int AS different
    FROM (SELECT a.outcome, a.policy_outcome FROM shadow_answers a
      WHERE a.workspace_id = ${workspaceId}::uuid AND a.shadow_id = ${shadowId}::uuid
      ORDER BY a.run_id DESC LIMIT ${MAX_BACKTEST_RUNS}) newest`;
  return counts ?? { compared: 0, different: 0 };
}
