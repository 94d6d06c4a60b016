import { getRunWorkspace } from "@/lib/action-runs/show/get-run-story";
import { operatorContext } from "@/lib/auth/contexts";
import { requireFound } from "@/scripts/admin/command-error";

/** The operator in the workspace of a run, acting for a person if one is named. */
export async function contextOfRun(runId: string, email: string | null = null) {
  return operatorContext(requireFound(await getRunWorkspace(operatorContext(null), runId), "such run"), email);
}
