import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import type { MemberContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { type deletedViewSchema, MAX_VIEWS, type newViewSchema, type renamedViewSchema } from "./schema";

export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** The list's query string. */
  readonly search: string;
}

/** The member's own views of the workspace's runs, by name. */
export async function listViews(ctx: MemberContext): Promise<SavedView[]> {
  await requirePermission(ctx, "run.read");
  return ctx.db.savedView.findMany({
    where: ownedBy(ctx),
    select: { id: true, name: true, search: true },
    orderBy: { name: "asc" },
  });
}

/** Views are a member's own bookmarks and change nothing for others, so saving one is no audit event. */
export async function saveView(ctx: MemberContext, { name, search }: z.output<typeof newViewSchema>): Promise<{ ok: true } | Refusal> {
  await requirePermission(ctx, "run.read");
  const { workspaceId, userId } = ownedBy(ctx);
  const created = await ctx.db.$executeRaw`
    INSERT INTO saved_views (id, workspace_id, user_id, name, search)
    SELECT ${uuidv7()}::uuid, ${workspaceId}::uuid, ${userId}::uuid, ${name}, ${search}
    WHERE (SELECT count(*) FROM saved_views WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid) < ${MAX_VIEWS}
    ON CONFLICT DO NOTHING`;
  if (created > 0) return { ok: true };
  return (await isTaken(ctx, name)) ? refuseTaken() : refuseName(`You already have ${MAX_VIEWS} views. Delete one to save another.`);
}

export async function renameView(ctx: MemberContext, { id, name }: z.output<typeof renamedViewSchema>): Promise<{ ok: true } | Refusal> {
  await requirePermission(ctx, "run.read");
  const { workspaceId, userId } = ownedBy(ctx);
  const renamed = await ctx.db.$executeRaw`
    UPDATE saved_views SET name = ${name}
    WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid AND NOT EXISTS (
      SELECT FROM saved_views other
      WHERE other.workspace_id = ${workspaceId}::uuid AND other.user_id = ${userId}::uuid AND other.name = ${name} AND other.id <> ${id}::uuid)`;
  if (renamed > 0) return { ok: true };
  return (await isTaken(ctx, name)) ? refuseTaken() : refuseName("View not found. It may have been deleted in another tab.");
}

/** Deleting a view twice succeeds. */
export async function deleteView(ctx: MemberContext, { id }: z.output<typeof deletedViewSchema>): Promise<{ ok: true }> {
  await requirePermission(ctx, "run.read");
  await ctx.db.savedView.deleteMany({ where: { ...ownedBy(ctx), id } });
  return { ok: true };
}

function ownedBy({ workspaceId, actor }: MemberContext) {
  return { workspaceId, userId: actor.userId };
}

async function isTaken(ctx: MemberContext, name: string): Promise<boolean> {
  return (await ctx.db.savedView.count({ where: { ...ownedBy(ctx), name } })) > 0;
}

function refuseTaken(): Refusal {
  return refuseName("You already have a view with this name.");
}

function refuseName(message: string): Refusal {
  return refuseField("name", message);
}
