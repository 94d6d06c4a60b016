import { decideByLink } from "@/lib/approvals/decide-by-link";
import { listWaiting } from "@/lib/approvals/list-waiting";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { userContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { Role } from "@/lib/domain/access/roles";
import type { UserContext } from "@/lib/security/context";
import { linkTokens, makePerson, type TestWorkspace } from "./factories";

export const APPROVE = { decision: "approve", comment: null, confirm: true } as const;

/** A person with a verified address, as a session and as a member. */
export async function makeDecider(of: TestWorkspace, role: Role | null, isVerified = true) {
  const { email, ctx } = await makePerson(of, role);
  const { userId } = ctx.actor;
  if (isVerified) await getDb().user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } });
  return { email, userId, ctx, user: userContext({ sessionId: "", userId, email, name: null, isOperator: false }) };
}

export const requestOf = (runId: string) => getDb().approvalRequest.findFirstOrThrow({ where: { runId } });

export const statusOf = async (runId: string) => (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).governanceStatus;

export const decidedBy = async (runId: string) => (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).decidedBy;

/** What waits for them by the queue's list. */
export const waitingFor = async (user: UserContext) => (await listWaiting(user, { limit: 500 })).runs.map(({ runId }) => runId);

/** The token of the link that was emailed to someone; empty for who has none. */
export const tokenOf = async (runId: string, email: string) => (await linkTokens(runId)).get(email) ?? "";

/** By the link that was emailed to them. */
export const approveByLink = async (runId: string, email: string, comment: string | null = null) =>
  decideByLink(visitorContext(), await tokenOf(runId, email), { ...APPROVE, comment });

/** Revokes their approval by the same link. */
export const takeBackByLink = async (runId: string, email: string) =>
  revokeByLink(visitorContext(), await tokenOf(runId, email), { comment: "I misread it.", confirm: true });
