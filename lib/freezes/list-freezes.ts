import type { Prisma } from "@/lib/db/generated/client";
import type { StatePage } from "@/lib/domain/lists/list-state";
import { onePage } from "@/lib/domain/lists/one-page";
import { type FreezeScope, freezeScope } from "@/lib/domain/runs/freeze-scope";
import type { OperatorContext, UserContext, WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { countClaims, listClaims, type OpenClaim } from "./list-claims";

export interface ListedFreeze {
  readonly id: string;
  /** null: the whole console. */
  readonly workspaceId: string | null;
  readonly scope: FreezeScope;
  /** The workspace's name, the action's title or the key's name. */
  readonly name: string | null;
  readonly actionName: string | null;
  readonly apiKeyId: string | null;
  readonly reason: string;
  readonly frozenBy: string;
  readonly frozenAt: Date;
  readonly needsAnotherPerson: boolean;
  readonly thawedBy: string | null;
  readonly thawedAt: Date | null;
  readonly thawComment: string | null;
}

export interface ActiveFreeze extends ListedFreeze {
  /** The newest ones. Of a freeze of the whole console only this workspace's. */
  readonly claims: readonly OpenClaim[];
  readonly claimCount: number;
}

const MOST_ENDED = 50;

const names = {
  workspace: { select: { name: true, thawNeedsAnotherPerson: true } },
  action: { select: { name: true, title: true } },
  apiKey: { select: { name: true } },
} satisfies Prisma.FreezeInclude;

/** Lists what is frozen in a workspace, including the whole console, and what was. */
export async function listFreezes(ctx: WorkspaceContext): Promise<{ active: ActiveFreeze[]; ended: ListedFreeze[] }> {
  await requirePermission(ctx, "freeze.read");
  const { workspaceId, db } = ctx;
  const where = concerning(workspaceId);
  const [active, ended] = await Promise.all([
    db.freeze.findMany({ where: { ...where, thawedAt: null }, include: names, orderBy: { frozenAt: "desc" } }),
    db.freeze.findMany({ where: { ...where, thawedAt: { not: null } }, include: names, orderBy: { thawedAt: "desc" }, take: MOST_ENDED }),
  ]);
  return { active: await Promise.all(active.map((freeze) => withClaims(ctx, freeze, workspaceId))), ended: ended.map(listed) };
}

const PAGE_SIZE = 50;

/** All of them page by page, the newest first. */
export async function listFreezesPaged(
  ctx: WorkspaceContext,
  { state, before }: StatePage,
): Promise<{ freezes: ListedFreeze[]; next: string | null }> {
  await requirePermission(ctx, "freeze.read");
  const rows = await ctx.db.freeze.findMany({
    where: {
      ...concerning(ctx.workspaceId),
      ...(state !== null && { thawedAt: state === "active" ? null : { not: null } }),
      ...(before !== null && { id: { lt: before } }),
    },
    include: names,
    orderBy: { id: "desc" },
    take: PAGE_SIZE + 1,
  });
  const { shown, next } = onePage(rows, PAGE_SIZE, ({ id }) => id);
  return { freezes: shown.map(listed), next };
}

/** One of them, with what may still be running; null: none that concerns this workspace. */
export async function getFreeze(ctx: WorkspaceContext, freezeId: string): Promise<ActiveFreeze | null> {
  await requirePermission(ctx, "freeze.read");
  const freeze = await ctx.db.freeze.findFirst({ where: { id: freezeId, ...concerning(ctx.workspaceId) }, include: names });
  return freeze && withClaims(ctx, freeze, ctx.workspaceId);
}

/** The freeze of exactly this that holds now, if one does. */
export async function findActiveFreeze(
  ctx: WorkspaceContext,
  { actionName, apiKeyId }: { actionName: string | null; apiKeyId: string | null },
): Promise<ListedFreeze | null> {
  await requirePermission(ctx, "freeze.read");
  const { workspaceId, db } = ctx;
  const freeze = await db.freeze.findFirst({
    where: { workspaceId, thawedAt: null, apiKeyId, ...(actionName === null ? { actionId: null } : { action: { name: actionName } }) },
    include: names,
  });
  return freeze && listed(freeze);
}

/** What is frozen in a workspace, or everywhere; null: only the latter. */
export function concerning(workspaceId: string | null): Prisma.FreezeWhereInput {
  return { OR: [{ workspaceId }, { workspaceId: null }] };
}

/** The same of the whole console, for operators. */
export async function listConsoleFreezes(ctx: OperatorContext): Promise<ActiveFreeze[]> {
  const active = await ctx.db.freeze.findMany({ where: { workspaceId: null, thawedAt: null }, include: names });
  return Promise.all(active.map((freeze) => withClaims(ctx, freeze, null)));
}

/** Lists everything that is frozen, for the admin command line. */
export async function listAllFreezes({ db }: OperatorContext): Promise<ListedFreeze[]> {
  const active = await db.freeze.findMany({ where: { thawedAt: null }, include: names, orderBy: { frozenAt: "desc" } });
  return active.map(listed);
}

/** For the operator, who looks up a freeze by its id alone. */
export function getFreezeWorkspace({ db }: OperatorContext, freezeId: string): Promise<{ workspaceId: string | null } | null> {
  return db.freeze.findUnique({ where: { id: freezeId }, select: { workspaceId: true } });
}

/** Lists what is frozen anywhere that concerns a person: the whole console, and their workspaces. */
export async function listMyFreezes({ actor, db }: UserContext): Promise<ListedFreeze[]> {
  const active = await db.freeze.findMany({
    where: {
      thawedAt: null,
      OR: [{ workspaceId: null }, { workspace: { deletedAt: null, members: { some: { userId: actor.userId } } } }],
    },
    include: names,
    orderBy: { frozenAt: "desc" },
  });
  return active.map(listed);
}

type NamedRow = Prisma.FreezeGetPayload<{ include: typeof names }>;

async function withClaims(ctx: WorkspaceContext | OperatorContext, freeze: NamedRow, workspaceId: string | null): Promise<ActiveFreeze> {
  const target = { ...freeze, workspaceId };
  const [claims, claimCount] = await Promise.all([listClaims(ctx, target), countClaims(ctx, target)]);
  return { ...listed(freeze), claims, claimCount };
}

function listed({ workspace, action, apiKey, ...freeze }: NamedRow): ListedFreeze {
  const { id, workspaceId, reason, frozenBy, frozenAt, thawedBy, thawedAt, thawComment } = freeze;
  return {
    ...{ id, workspaceId, reason, frozenBy, frozenAt, thawedBy, thawedAt, thawComment },
    scope: freezeScope(freeze),
    name: apiKey?.name ?? action?.title ?? workspace?.name ?? null,
    actionName: action?.name ?? null,
    apiKeyId: freeze.apiKeyId,
    needsAnotherPerson: freeze.needsAnotherPerson || (workspace?.thawNeedsAnotherPerson ?? false),
  };
}
