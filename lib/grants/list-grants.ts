import { Prisma } from "@/lib/db/generated/client";
import type { GrantEndReason, GrantState } from "@/lib/domain/grants/grant";
import { type GrantFact, readFacts } from "@/lib/domain/grants/grant-facts";
import type { StatePage } from "@/lib/domain/lists/list-state";
import { onePage } from "@/lib/domain/lists/one-page";
import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { couldConfirm } from "./could-confirm";

/** A grant, what it allows, and what is left of it. */
export interface ListedGrant {
  id: string;
  /** The run whose approval gave it. */
  runId: string;
  action: { name: string; title: string };
  state: GrantState;
  givenBy: string;
  givenAt: Date;
  confirmedBy: string | null;
  confirmedAt: Date | null;
  /** null: what must be the same was erased with the run. */
  facts: GrantFact[] | null;
  factNames: string[];
  currency: string | null;
  amountEach: string | null;
  total: string | null;
  maxUses: number;
  endsAt: Date;
  uses: number;
  used: string;
  endedBy: string | null;
  endedAt: Date | null;
  endedReason: GrantEndReason | null;
  /** The reader is someone else who could approve each of these runs, and it waits for that. */
  canConfirm: boolean;
}

type Row = Omit<ListedGrant, "facts"> & { factsText: string | null };

/** Those that still allow something or wait for it first, then the newest of the others. */
const MOST_LISTED = 200;

/** The workspace's grants, or one of them. */
export function listGrants(ctx: WorkspaceContext, id: string | null = null): Promise<ListedGrant[]> {
  const one = id === null ? Prisma.empty : Prisma.sql`AND g.id = ${id}::uuid`;
  return readGrants(ctx, Prisma.sql`${one} ORDER BY ${isActive} DESC, g.id DESC LIMIT ${MOST_LISTED}`);
}

const PAGE_SIZE = 50;

/** All of them page by page, the newest first; `active` are those that still allow something or wait for it. */
export async function listGrantsPaged(
  ctx: WorkspaceContext,
  { state, before }: StatePage,
): Promise<{ grants: ListedGrant[]; next: string | null }> {
  const inState = state === null ? Prisma.empty : Prisma.sql`AND (${isActive}) = ${state === "active"}`;
  const older = before === null ? Prisma.empty : Prisma.sql`AND g.id < ${before}::uuid`;
  const rows = await readGrants(ctx, Prisma.sql`${inState} ${older} ORDER BY g.id DESC LIMIT ${PAGE_SIZE + 1}`);
  const { shown: grants, next } = onePage(rows, PAGE_SIZE, ({ id }) => id);
  return { grants, next };
}

const isActive = Prisma.sql`s.state IN ('live', 'unconfirmed')`;

async function readGrants(ctx: WorkspaceContext, which: Prisma.Sql): Promise<ListedGrant[]> {
  await requirePermission(ctx, "grant.read");
  const { db, workspaceId, actor } = ctx;
  const reader = "email" in actor ? actor.email : null;
  const rows = await db.$queryRaw<Row[]>`
    SELECT g.id, g.run_id AS "runId", json_build_object('name', a.name, 'title', a.title) AS action, s.state,
      g.given_by AS "givenBy", g.created_at AS "givenAt", g.confirmed_by AS "confirmedBy", g.confirmed_at AS "confirmedAt",
      g.facts AS "factNames", g.facts_text AS "factsText", g.currency, trim_scale(g.amount_each)::text AS "amountEach",
      trim_scale(g.total)::text AS total, g.max_uses AS "maxUses", g.ends_at AS "endsAt", spent.uses, trim_scale(spent.used)::text AS used,
      g.ended_by AS "endedBy", g.ended_at AS "endedAt", g.ended_reason AS "endedReason",
      s.state = 'unconfirmed' AND ${couldConfirm(reader)} AS "canConfirm"
    FROM standing_grants g JOIN registered_actions a ON a.id = g.action_id
    CROSS JOIN LATERAL (SELECT count(*)::int AS uses, coalesce(sum(u.amount), 0) AS used FROM grant_uses u WHERE u.grant_id = g.id) spent
    CROSS JOIN LATERAL (SELECT daai_grant_state(g, spent.uses, spent.used, now()) AS state) s
    WHERE g.workspace_id = ${workspaceId}::uuid ${which}`;
  return rows.map(({ factsText, ...grant }) => ({ ...grant, facts: factsText === null ? null : readFacts(grant.factNames, factsText) }));
}

/** For the operator, who looks up a grant by its id alone. */
export async function getGrantWorkspace({ db }: OperatorContext, grantId: string): Promise<string | null> {
  const grant = await db.standingGrant.findUnique({ where: { id: grantId }, select: { workspaceId: true } });
  return grant?.workspaceId ?? null;
}
