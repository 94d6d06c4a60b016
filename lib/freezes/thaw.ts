import type { Freeze } from "@/lib/db/generated/client";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { CommandChannel } from "@/lib/domain/log/freeze-receipt-body";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type Actor, type ConsoleContext, type Context, type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { giveTimeBack } from "./give-time-back";
import { concerning } from "./list-freezes";
import { recordFreeze } from "./record-freeze";

type Thawer = Extract<Actor, { type: "user" | "operator" | "management_key" }>;
type Thaw = { freezeId: string; comment: string | null; channel: CommandChannel };
type Thawed = { ok: true; thawedAt: Date };

/** Ends a freeze of a workspace, an action or an API key. Deadlines get the time back that stood still. */
export function thaw(ctx: WorkspaceContext<Thawer>, request: Thaw): Promise<Thawed | Refusal> {
  return inTransaction<Thawed | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "freeze.end");
    return write(inner, request);
  });
}

/** Ends a freeze of the whole console. For operators. */
export function thawConsole(ctx: ConsoleContext, request: Thaw): Promise<Thawed | Refusal> {
  return inTransaction<Thawed | Refusal>(ctx.db, (tx) => write(withDb(ctx, tx), request));
}

async function write(ctx: Context<Thawer>, { freezeId, comment, channel }: Thaw): Promise<Thawed | Refusal> {
  const { db, workspaceId, actor } = ctx;
  const thawedBy = actor.email;
  if (thawedBy === null) return refuse("validation_failed", "Name the person who thaws it.");
  // All that is frozen, so that of two thaws of overlapping freezes the later one finds what the first has given back.
  await db.$executeRaw`SELECT FROM freezes WHERE thawed_at IS NULL ORDER BY id FOR UPDATE`;
  const found = await db.freeze.findFirst({
    where: { id: freezeId, ...concerning(workspaceId) },
    include: { workspace: true, action: true, apiKey: true },
  });
  if (!found) return refuseUnknownFreeze();
  const { workspace, action, apiKey, ...freeze } = found;
  if (freeze.thawedAt !== null) return refuse("not_frozen", `It was already thawed by ${freeze.thawedBy}.`);
  if (freeze.workspaceId !== workspaceId) return refuse("not_permitted", "Only an operator can thaw the whole console.");
  const needsAnother = freeze.needsAnotherPerson || (workspace?.thawNeedsAnotherPerson ?? false);
  const refusal = needsAnother ? refuseOwnThaw(actor, freeze) : null;
  if (refusal) return refusal;
  const now = await databaseNow(db);
  await giveTimeBack(ctx, freeze, now);
  const thawed = await db.freeze.update({
    where: { id: freezeId },
    data: { thawedAt: now, thawedBy, thawChannel: channel, thawComment: comment },
  });
  const name = apiKey?.name ?? action?.title ?? workspace?.name ?? null;
  await recordFreeze(ctx, "thaw", { ...thawed, name, actionName: action?.name ?? null });
  return { ok: true, thawedAt: now };
}

/**
 * Where another person must thaw: the rule holds if it held when it was frozen, or does now, so turning it off meanwhile changes nothing. A key
 * isn't a person: the one who froze may hold another owner's key.
 */
function refuseOwnThaw(actor: Thawer, { frozenBy }: Freeze): Refusal | null {
  if (actor.type === "management_key")
    return refuse(
      "thaw_needs_another_person",
      "This workspace requires that another person thaws it, so a management key can't. Thaw it in the console.",
    );
  if (actor.email === null || !isSamePerson(frozenBy, actor.email)) return null;
  return refuse(
    "thaw_needs_another_person",
    "You froze it, and this workspace requires that someone else thaws it. Ask another owner or admin.",
  );
}

export function refuseUnknownFreeze(): Refusal {
  return refuse("not_found", "Freeze not found.");
}
