import { v7 as uuidv7 } from "uuid";
import { ADVISORY_LOCKS } from "@/lib/db/advisory-locks";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import type { CommandChannel } from "@/lib/domain/log/freeze-receipt-body";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type Actor, type ConsoleContext, type Context, type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { countClaims } from "./list-claims";
import { recordFreeze } from "./record-freeze";
import type { FreezeInput } from "./schema";

export interface StartedFreeze {
  freezeId: string;
  frozenAt: Date;
  /** Claims that were held when it was frozen: what they were made for may still be running. */
  claims: number;
}

type Freezer = Extract<Actor, { type: "user" | "operator" | "management_key" }>;
type Target = { actionName: string | null; apiKeyId: string | null; reason: string; channel: CommandChannel };

/**
 * Freezes a workspace, an action or an API key. Waits for the runs that are being let through in this moment, and holds up those that come
 * after: once it has committed, nothing is allowed, approved or handed out until it's thawed.
 */
export function startFreeze(
  ctx: WorkspaceContext<Freezer>,
  input: FreezeInput & { channel: CommandChannel },
): Promise<({ ok: true } & StartedFreeze) | Refusal> {
  return inTransaction<({ ok: true } & StartedFreeze) | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "freeze.start");
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.freezes}::int, hashtext(${ctx.workspaceId}::uuid::text))`;
    return write(inner, input);
  });
}

/** Freezes every workspace of the console. For operators. */
export function freezeConsole(
  ctx: ConsoleContext,
  { reason, channel }: { reason: string; channel: CommandChannel },
): Promise<({ ok: true } & StartedFreeze) | Refusal> {
  return inTransaction<({ ok: true } & StartedFreeze) | Refusal>(ctx.db, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.freezes}::int, 0)`;
    return write(withDb(ctx, tx), { actionName: null, apiKeyId: null, reason, channel });
  });
}

async function write(ctx: Context<Freezer>, target: Target): Promise<({ ok: true } & StartedFreeze) | Refusal> {
  const { db, workspaceId, actor } = ctx;
  if (actor.email === null) return refuse("validation_failed", "Name the person who freezes it.");
  const found = await findTarget(ctx, target);
  if ("ok" in found) return found;
  const { name, actionName, needsAnotherPerson, ...ids } = found;
  const active = await db.freeze.findFirst({ where: { workspaceId, ...ids, thawedAt: null } });
  if (active) return refuse("already_frozen", `It was already frozen by ${active.frozenBy}. Reason given: ${active.reason}`);
  const now = await databaseNow(db);
  const freeze = await db.freeze.create({
    data: {
      id: uuidv7(),
      workspaceId,
      ...ids,
      reason: target.reason,
      frozenBy: actor.email,
      channel: target.channel,
      needsAnotherPerson,
      frozenAt: now,
    },
  });
  await recordFreeze(ctx, "freeze", { ...freeze, name, actionName });
  return { ok: true, freezeId: freeze.id, frozenAt: now, claims: await countClaims(ctx, freeze) };
}

interface FoundTarget {
  actionId: string | null;
  apiKeyId: string | null;
  name: string | null;
  actionName: string | null;
  needsAnotherPerson: boolean;
}

async function findTarget({ db, workspaceId }: Context, { actionName, apiKeyId }: Target): Promise<FoundTarget | Refusal> {
  const nothing = { actionId: null, apiKeyId: null, name: null, actionName: null, needsAnotherPerson: false };
  if (workspaceId === null) return nothing;
  const workspace = await db.workspace.findFirst({ where: { id: workspaceId, deletedAt: null } });
  if (!workspace) return refuse("not_found", "Workspace not found. It may have been deleted.");
  const common = { ...nothing, needsAnotherPerson: workspace.thawNeedsAnotherPerson };
  if (actionName !== null && apiKeyId !== null) return refuse("validation_failed", "Freeze either an action or an API key.");
  if (actionName !== null) {
    const action = await db.registeredAction.findFirst({ where: { workspaceId, name: actionName } });
    return action
      ? { ...common, actionId: action.id, actionName, name: action.title }
      : refuse("not_found", `Action ${actionName} not found in this workspace.`);
  }
  if (apiKeyId === null) return { ...common, name: workspace.name };
  const key = await db.apiKey.findFirst({ where: { workspaceId, id: apiKeyId, kind: "api", revokedAt: null } });
  return key ? { ...common, apiKeyId, name: key.name } : refuse("not_found", "API key not found in this workspace, or it was revoked.");
}
