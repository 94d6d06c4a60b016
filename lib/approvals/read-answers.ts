import type { ApprovalRequest } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { placeOf, stagesOf } from "@/lib/domain/runs/approvals";
import type { WorkspaceContext } from "@/lib/security/context";
import { listFirstAsked } from "./routing-of";

/** Returns whether somebody has answered in the request, or somebody else in their place. */
export async function readAnswers(ctx: WorkspaceContext, request: ApprovalRequest): Promise<(email: string) => boolean> {
  const { db, workspaceId } = ctx;
  const votes = await db.vote.findMany({ where: { workspaceId, runId: request.runId, revokedAt: null } });
  const readPlace = await readPlaces(ctx, request);
  return (email) =>
    votes.some(({ voter, place }) => isSamePerson(voter, email) || isSamePerson(place, email) || isSamePerson(place, readPlace(email)));
}

/** Returns in whose place somebody answers in the request's stage. */
export async function readPlaces(ctx: WorkspaceContext, request: ApprovalRequest): Promise<(email: string) => string> {
  const links = await ctx.db.decisionLink.findMany({
    where: { workspaceId: ctx.workspaceId, approvalRequestId: request.id, standsInFor: { not: null } },
    orderBy: { id: "asc" },
  });
  const standIns = new Map(links.map(({ approverEmail, standsInFor }) => [approverEmail, standsInFor ?? approverEmail]));
  const people = [...(stagesOf(request)?.[request.stage - 1]?.people ?? []), ...(await listFirstAsked(ctx, request.runId))];
  return (email) => placeOf(email, { people, standIns });
}
