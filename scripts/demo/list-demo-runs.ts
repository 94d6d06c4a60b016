import { z } from "zod";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { admin } from "./admin";

const run = z.object({
  action_run_id: z.string(),
  action: z.string(),
  idempotency_key: z.string(),
  governance_status: z.enum(GOVERNANCE_STATUSES),
  governance_reason: z.string(),
  execution_status: z.enum(EXECUTION_STATUSES),
  in_doubt: z.boolean(),
  receipt_id: z.string().nullable(),
  execution_receipt_id: z.string().nullable(),
});
export type DemoRun = z.infer<typeof run>;

/** The workspace's runs, the oldest first. */
export async function listDemoRuns(workspaceId: string, ...filter: string[]): Promise<DemoRun[]> {
  const { runs } = await admin(z.object({ runs: z.array(run) }), "run", "list", "--workspace", workspaceId, "--limit", "1000", ...filter);
  return runs.reverse();
}
