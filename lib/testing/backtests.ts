import { draftSchema, type NewAction } from "@/lib/registered-actions/schema";
import { proposeOk, type TestWorkspace } from "./factories";

export type Policy = NewAction["policy"];
export const ABOVE_100: Policy = { type: "require_approval_above_amount", threshold: "100" };
export const ABOVE_500: Policy = { type: "require_approval_above_amount", threshold: "500" };

export const draftOf = (policy: Policy, different: { recipientField?: string; riskLevel?: "low" | "critical" } = {}) =>
  draftSchema.parse({ policy, riskLevel: "medium", recipientField: null, ...different });

/** Proposes one run of the action for each amount, and returns their IDs. */
export async function proposeAmounts(workspace: TestWorkspace, action: string, amounts: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const amount of amounts) ids.push((await proposeOk(workspace, { action, payload: { amount, currency: "EUR" } })).action_run_id);
  return ids;
}
