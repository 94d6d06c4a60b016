import { runProgram, type Cluster } from "./cluster";
import { findRunningServer } from "./running-server";

const TIMEOUT_SECONDS = 60;

/** Ends every session and stops the cluster's server, if one runs, with a checkpoint, so that the next start is quick. */
export async function stopServer(of: Cluster): Promise<void> {
  if (!findRunningServer(of)) return;
  await runProgram(of, "pgCtl", ["stop", "-m", "fast", "-w", "-t", String(TIMEOUT_SECONDS), "-D", of.dirAsSeen]);
}
