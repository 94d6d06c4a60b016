import { decidingContext } from "@/lib/auth/deciding-context";
import type { SessionUser } from "@/lib/auth/find-session";
import { userContext } from "@/lib/auth/contexts";
import type { DecisionView } from "@/lib/domain/runs/decision-view";

/** Whether the signed-in person is the one whom the link asks, and may decide the run in the console, too. Reads only. */
export async function hasOwnCard(user: SessionUser | null, { approverEmail, runId }: DecisionView): Promise<boolean> {
  return user?.email === approverEmail && (await decidingContext(userContext(user), runId)) !== null;
}
