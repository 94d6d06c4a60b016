import { validate as isUuid } from "uuid";
import { erasedSentence } from "@/lib/domain/policy/run-sentence";
import type { WorkspaceContext } from "@/lib/security/context";
import { type ListedGrant, listGrants } from "./list-grants";

/** A run that a grant allowed. */
export interface ListedUse {
  readonly runId: string;
  readonly sentence: string;
  readonly actor: string | null;
  readonly at: Date;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly executionStatus: string;
  readonly governanceStatus: string;
}

const PAGE_SIZE = 100;

/** A grant with the runs that it allowed, newest first. Null: this workspace has no such grant. */
export async function getGrantPage(
  ctx: WorkspaceContext,
  grantId: string,
  { before }: { before?: string | undefined } = {},
): Promise<{ grant: ListedGrant; uses: ListedUse[]; next: string | null } | null> {
  if (!isUuid(grantId)) return null;
  const [grant] = await listGrants(ctx, grantId);
  if (!grant) return null;
  const rows = await ctx.db.grantUse.findMany({
    where: { workspaceId: ctx.workspaceId, grantId, ...(before !== undefined && isUuid(before) && { runId: { lt: before } }) },
    include: { run: true },
    orderBy: { runId: "desc" },
    take: PAGE_SIZE + 1,
  });
  const uses = rows.slice(0, PAGE_SIZE).map(({ run, amount }) => ({
    runId: run.id,
    sentence: run.sentence ?? erasedSentence({ name: run.actionName, title: run.actionTitle }),
    actor: run.actor,
    at: run.createdAt,
    amount: run.payloadText === null ? null : (amount?.toFixed() ?? null),
    currency: run.currency,
    executionStatus: run.executionStatus,
    governanceStatus: run.governanceStatus,
  }));
  return { grant, uses, next: rows.length > PAGE_SIZE ? (uses.at(-1)?.runId ?? null) : null };
}
