import { getEnv } from "@/lib/env";

/** The run's and its receipt's pages in the console. Built from the configured public URL, never from a request. */
export function runLinks(run: { workspaceId: string; runId: string; receiptId: string | null }) {
  const workspace = `${getEnv().DAAI_PUBLIC_URL}/workspaces/${run.workspaceId}`;
  return {
    run: `${workspace}/runs/${run.runId}`,
    receipt: run.receiptId === null ? null : `${workspace}/receipts/${run.receiptId}`,
  };
}
