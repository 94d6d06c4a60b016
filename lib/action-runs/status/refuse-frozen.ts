import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type FreezeScope, freezeScope } from "@/lib/domain/runs/freeze-scope";
import type { AnyContext } from "@/lib/security/context";
import { frozenThing } from "@/lib/words/freeze-words";

/** The freeze that covers a run and began first. */
export interface RunFreeze {
  readonly id: string;
  readonly scope: FreezeScope;
  /** "The API key Billing agent". */
  readonly what: string;
  readonly reason: string;
  readonly frozenBy: string;
  readonly frozenAt: Date;
}

/** Null: nothing that covers the run is frozen. */
export async function findRunFreeze({ db }: AnyContext, runId: string): Promise<RunFreeze | null> {
  const [freeze] = await db.$queryRaw<
    {
      id: string;
      workspaceId: string | null;
      actionId: string | null;
      apiKeyId: string | null;
      name: string | null;
      reason: string;
      frozenBy: string;
      frozenAt: Date;
    }[]
  >`
    SELECT f.id, f.workspace_id AS "workspaceId", f.action_id AS "actionId", f.api_key_id AS "apiKeyId", f.reason,
      f.frozen_by AS "frozenBy", f.frozen_at AS "frozenAt", coalesce(key.name, action.name, workspace.name) AS name
    FROM action_runs run
    JOIN freezes f ON f.thawed_at IS NULL AND (f.workspace_id IS NULL OR f.workspace_id = run.workspace_id)
      AND (f.action_id IS NULL OR f.action_id = run.action_id) AND (f.api_key_id IS NULL OR f.api_key_id = run.api_key_id)
    LEFT JOIN workspaces workspace ON workspace.id = f.workspace_id
    LEFT JOIN registered_actions action ON action.id = f.action_id
    LEFT JOIN api_keys key ON key.id = f.api_key_id
    WHERE run.id = ${runId}::uuid ORDER BY f.frozen_at LIMIT 1`;
  if (!freeze) return null;
  const scope = freezeScope(freeze);
  const { id, reason, frozenBy, frozenAt, name } = freeze;
  return { id, scope, what: frozenThing({ scope, name }), reason, frozenBy, frozenAt };
}

/** Explains to a worker why it gets no claim. Null: it was thawed meanwhile. */
export async function refuseFrozenClaim(ctx: AnyContext, runId: string): Promise<Refusal | null> {
  const freeze = await findRunFreeze(ctx, runId);
  return (
    freeze &&
    refuseFrozen(freeze, "No run can be claimed until it's thawed. Deadlines stand still, so nothing is lost. Claim the run again later.")
  );
}

/** Explains to an approver why they can't approve now. Null: nothing is frozen. */
export async function refuseFrozenApproval(ctx: AnyContext, runId: string): Promise<Refusal | null> {
  const freeze = await findRunFreeze(ctx, runId);
  return (
    freeze &&
    refuseFrozen(freeze, "Nothing can be approved until it's thawed. The deadline stands still. You can still reject or block the request.")
  );
}

function refuseFrozen({ what, reason, scope, frozenBy, frozenAt }: RunFreeze, consequence: string): Refusal {
  return refuse("frozen", `${what} is frozen. ${consequence} Reason given: ${reason}`, {
    fields: { frozen: { scope, reason, frozen_by: frozenBy, frozen_at: frozenAt.toISOString() } },
  });
}
