import { listWaiting } from "@/lib/approvals/list-waiting";
import { userContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { Role } from "@/lib/domain/access/roles";
import type { UserContext } from "@/lib/security/context";
import { makePerson, type TestWorkspace } from "./factories";

export const APPROVE = { decision: "approve", comment: null, confirm: true } as const;

/** A person with a verified address, as a session and as a member. */
export async function makeDecider(of: TestWorkspace, role: Role | null, isVerified = true) {
  const { email, ctx } = await makePerson(of, role);
  const { userId } = ctx.actor;
  if (isVerified) await getDb().user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } });
  return { email, userId, ctx, user: userContext({ sessionId: "", userId, email, name: null, isOperator: false }) };
}

export const requestOf = (runId: string) => getDb().approvalRequest.findFirstOrThrow({ where: { runId } });

export const decidedBy = async (runId: string) => (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).decidedBy;

/** What waits for them by the queue's list. */
export const waitingFor = async (user: UserContext) => (await listWaiting(user, { limit: 500 })).runs.map(({ runId }) => runId);
