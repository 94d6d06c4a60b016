import { getDb } from "@/lib/db/client";
import { draftSchema, type NewAction } from "@/lib/registered-actions/schema";
import type { MemberContext } from "@/lib/security/context";
import { getShadow } from "@/lib/shadow-policies/get-shadow";
import { startShadow } from "@/lib/shadow-policies/start-shadow";
import { expectOk } from "./factories";

export type Policy = NewAction["policy"];
interface Beside {
  readonly recipientField?: string;
  readonly riskLevel?: "low" | "critical";
}

export const ABOVE_100: Policy = { type: "require_approval_above_amount", threshold: "100" };
export const ABOVE_500: Policy = { type: "require_approval_above_amount", threshold: "500" };
export const BY_RULES: Policy = {
  type: "rules",
  rules: { rules: [{ name: "large", when: "amount > 200", then: "block" }], otherwise: "allow" },
};

export function draftOf(policy: Policy, beside: Beside = {}) {
  return draftSchema.parse({ policy, riskLevel: "medium", recipientField: null, ...beside });
}

/** Starts one, and returns its id. */
export async function runInShadow(ctx: MemberContext, name: string, policy: Policy, beside: Beside = {}): Promise<string> {
  return expectOk(await startShadow(ctx, { name, draft: draftOf(policy, beside) })).shadowId;
}

export async function shadowOf({ workspaceId, ...ctx }: MemberContext, name: string) {
  const { id } = await getDb().registeredAction.findUniqueOrThrow({ where: { workspaceId_name: { workspaceId, name } } });
  return getShadow({ workspaceId, ...ctx }, id);
}

export function shadowAnswerOf(runId: string) {
  return getDb().shadowAnswer.findFirst({ where: { runId } });
}
