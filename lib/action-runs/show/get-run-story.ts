import { readRunClock } from "@/lib/action-runs/status/run-clock-sql";
import type { AuditEvent, Prisma, Receipt } from "@/lib/db/generated/client";
import { budgetEntryColumns } from "@/lib/domain/budgets/budget-use";
import { grantUseColumns } from "@/lib/domain/grants/grant-use";
import { type Checked, checked } from "@/lib/domain/runs/checked-texts";
import { type ClaimState, claimState, isUnclaimed } from "@/lib/domain/runs/claim-state";
import { previousAttemptColumns } from "@/lib/domain/runs/previous-attempt";
import { type Placed, withPlaces } from "@/lib/receipts/log/with-places";
import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

const parts = {
  workspace: { select: { name: true, clientName: true } },
  apiKey: { select: { id: true, name: true, hint: true } },
  action: true,
  policyVersion: true,
  approvalRequest: { include: { links: { orderBy: { id: "asc" } } } },
  decision: true,
  votes: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
  payloadChanges: { orderBy: { id: "asc" } },
  revocation: true,
  reassignments: { orderBy: { id: "asc" } },
  previousRun: { select: previousAttemptColumns },
  nextRuns: { select: { id: true } },
  receipts: { orderBy: { id: "asc" } },
  budgetEntries: budgetEntryColumns,
  grantUse: grantUseColumns,
  givenGrant: true,
  shadowAnswer: true,
  emailDeliveries: { omit: { sealedToken: true }, orderBy: { id: "asc" } },
} satisfies Prisma.ActionRunInclude;

export type RunStory = Checked<Omit<Prisma.ActionRunGetPayload<{ include: typeof parts }>, "receipts">> & {
  receipts: Placed<Receipt>[];
  claimState: ClaimState;
  isUnclaimed: boolean;
  /** The database's time. */
  readAt: Date;
  /** Since when its time has stood still; null: it isn't frozen. */
  frozenSince: Date | null;
  /** The newest ones, in order. */
  auditEvents: AuditEvent[];
  hasEarlierEvents: boolean;
};

/** Bounded: a run claimed and released all the time has more than anyone reads on its page. */
const MAX_EVENTS = 200;

/** Returns everything known about a run, from the proposal to the receipts. Null: this workspace has no such run. */
export async function getRunStory(ctx: WorkspaceContext, runId: string): Promise<RunStory | null> {
  await requirePermission(ctx, "run.read");
  const { workspaceId, db } = ctx;
  const run = await db.actionRun.findFirst({ where: { id: runId, workspaceId }, include: parts });
  if (!run) return null;
  const [auditEvents, hasMore] = await readEvents(ctx, runId);
  const receipts = await withPlaces(db, run.receipts);
  const clock = await readRunClock(db, runId);
  const claim = {
    claimState: claimState(run, clock),
    isUnclaimed: isUnclaimed(run, clock),
    readAt: clock.now,
    frozenSince: clock.frozenSince,
  };
  return { ...checked(run), ...claim, receipts, auditEvents, hasEarlierEvents: hasMore };
}

async function readEvents({ db }: WorkspaceContext, runId: string): Promise<[AuditEvent[], boolean]> {
  const newest = await db.auditEvent.findMany({
    where: { subjectId: runId, subjectType: "run" },
    orderBy: { id: "desc" },
    take: MAX_EVENTS + 1,
  });
  return [newest.slice(0, MAX_EVENTS).toReversed(), newest.length > MAX_EVENTS];
}

/** For the operator, who looks up a run by its id alone. */
export async function getRunWorkspace({ db }: OperatorContext, runId: string): Promise<string | null> {
  const run = await db.actionRun.findUnique({ where: { id: runId }, select: { workspaceId: true } });
  return run?.workspaceId ?? null;
}
