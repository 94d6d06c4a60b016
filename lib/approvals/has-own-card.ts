import { decidingContext } from "@/lib/auth/deciding-context";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import type { UserContext } from "@/lib/security/context";

/** Whether the signed-in person is the one whom the link asks, and may decide the run in the console, too. Reads only. */
export async function hasOwnCard(ctx: UserContext | null, { approverEmail, runId }: DecisionView): Promise<boolean> {
  return ctx?.actor.email === approverEmail && (await decidingContext(ctx, runId)) !== null;
}
