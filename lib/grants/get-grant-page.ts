import { validate as isUuid } from "uuid";
import { readRunClocks } from "@/lib/action-runs/status/run-clock-sql";
import { onePage } from "@/lib/domain/lists/one-page";
import { erasedSentence } from "@/lib/domain/policy/run-sentence";
import { claimState, executionWord } from "@/lib/domain/runs/claim-state";
import type { ExecutionFilter } from "@/lib/domain/runs/run-search";
import type { WorkspaceContext } from "@/lib/security/context";
import { type ListedGrant, listGrants } from "./list-grants";

/** A run that a grant allowed. */
export interface ListedUse {
  readonly runId: string;
  readonly sentence: string;
  readonly at: Date;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly execution: ExecutionFilter;
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
    include: { run: { include: { action: { select: { autoReleasesClaims: true } } } } },
    orderBy: { runId: "desc" },
    take: PAGE_SIZE + 1,
  });
  const { shown, next } = onePage(rows, PAGE_SIZE, ({ runId }) => runId);
  const clockOf = await readRunClocks(
    ctx.db,
    shown.map(({ runId }) => runId),
  );
  const uses = shown.map(({ run, amount }) => ({
    runId: run.id,
    sentence: run.sentence ?? erasedSentence({ name: run.actionName, title: run.actionTitle }),
    at: run.createdAt,
    amount: run.payloadText === null ? null : (amount?.toFixed() ?? null),
    currency: run.currency,
    execution: executionWord(claimState(run, clockOf(run.id)), run.executionStatus),
  }));
  return { grant, uses, next };
}
