import { decidingContext } from "@/lib/auth/deciding-context";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import type { UserContext } from "@/lib/security/context";

/** Whether the signed-in person is the link's approver and may also decide the run in the console. Reads only. */
export async function hasOwnCard(ctx: UserContext | null, { approverEmail, runId }: DecisionView): Promise<boolean> {
  return ctx?.actor.email === approverEmail && (await decidingContext(ctx, runId)) !== null;
}
