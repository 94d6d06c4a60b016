import { type Approvals, approvalsOf, stagesOf } from "@/lib/domain/runs/approvals";
import type { AnyContext } from "@/lib/security/context";

/** Returns how far the runs with several approvals are, by run. One approval is enough for the others. */
export async function readApprovals({ db }: AnyContext, runIds: readonly string[]): Promise<Map<string, Approvals>> {
  const rows = await db.$queryRaw<{ id: string; approvals: Approvals }[]>`
    SELECT run.id, daai_approvals(run) AS approvals FROM action_runs run
    WHERE run.id = ANY(${[...runIds]}::uuid[]) AND daai_approvals(run) IS NOT NULL`;
  return new Map(rows.map(({ id, approvals }) => [id, approvals]));
}

/** Who approved a run: each of those whose approval counted. Empty: nobody. `approvers` in SQL. */
export function approversOf({
  decision,
  votes,
}: {
  decision: { decision: string; decidedBy: string | null } | null;
  votes: readonly { voter: string }[];
}): string[] {
  if (decision?.decision !== "approve") return [];
  if (votes.length > 0) return votes.map(({ voter }) => voter);
  return decision.decidedBy === null ? [] : [decision.decidedBy];
}

/** How far a run is by votes already read, of which those that are over are left out. */
export function approvalsOfRequest(
  request: { stages: unknown } | null,
  votes: readonly { voter: string; stage: number; createdAt: Date; channel: string; comment: string | null; revokedAt: Date | null }[],
): Approvals | null {
  const stages = request && stagesOf(request);
  const counted = votes.filter(({ revokedAt }) => revokedAt === null);
  return (
    stages &&
    approvalsOf(
      stages,
      counted.map(({ voter: by, stage, createdAt, channel, comment }) => ({ by, stage, at: createdAt.toISOString(), channel, comment })),
    )
  );
}
