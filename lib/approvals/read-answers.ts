import type { ApprovalRequest } from "@/lib/db/generated/client";
import { isSamePerson, personOf } from "@/lib/domain/access/same-person";
import { placeOf, placesFrom, stagesOf } from "@/lib/domain/runs/approvals";
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
  const standsFor = await readStandsFor(ctx, request);
  const people = [...(stagesOf(request)?.[request.stage - 1]?.people ?? []), ...(await listFirstAsked(ctx, request.runId))];
  return (email) => placeOf(email, { people, standsFor });
}

/** By person: for whom they stand in, or from whom they took the request over, in its stage. */
async function readStandsFor({ db, workspaceId }: WorkspaceContext, { id, runId, stage }: ApprovalRequest): Promise<Map<string, string>> {
  const links = await db.decisionLink.findMany({ where: { workspaceId, approvalRequestId: id, stage }, orderBy: { id: "asc" } });
  const reassignments = await db.reassignment.findMany({ where: { workspaceId, runId }, orderBy: { id: "asc" } });
  const standsFor = new Map<string, string>();
  for (const { approverEmail, standsInFor } of links) if (standsInFor !== null) standsFor.set(personOf(approverEmail), standsInFor);
  const asked = new Set(links.map(({ approverEmail }) => personOf(approverEmail)));
  for (const { fromEmail, toEmail } of reassignments) {
    // Passed on in an earlier stage.
    if (!asked.has(personOf(fromEmail))) continue;
    asked.add(personOf(toEmail));
    // Whoever gets their own place back answers for nobody else.
    if (!placesFrom(fromEmail, standsFor).some((one) => isSamePerson(one, toEmail))) standsFor.set(personOf(toEmail), fromEmail);
  }
  return standsFor;
}
