import { z } from "zod";
import { admin } from "./admin";
import { type DemoRun, listDemoRuns } from "./list-demo-runs";
import type { DemoWorkspace } from "./make-workspace";
import { readSentMails } from "./sent-mails";
import { type Python, startPython } from "./start-python";
import { printFailure } from "./story";
import { say } from "./terminal";
import { until } from "./until";

const WORKER = "scripts/demo/worker.py";
const TIMEOUT_MS = 60_000;
/** Where the two unlucky workers are killed. */
const AFTER_THE_MAIL = "send_invoice_reminder:INV-2608";
const BEFORE_THE_MAIL = "send_invoice_reminder:INV-2617";

/**
 * Three workers on one store, one after the other, execute what was approved. Two are killed while they execute; what they
 * were at is in doubt when its lease is over, and a person settles it by what was really sent.
 */
export async function workOff(python: Python, folder: string, workspace: DemoWorkspace): Promise<void> {
  const keys = new Map((await listDemoRuns(workspace.id)).map((run) => [run.action_run_id, run.idempotency_key]));
  await killWhileExecuting(python, [folder, "--hang", "after", AFTER_THE_MAIL]);
  say(`Worker 1 was killed just after it sent the email for ${referenceOf(AFTER_THE_MAIL)}, before it could report.`);
  await killWhileExecuting(python, [folder, "--hang", "before", BEFORE_THE_MAIL]);
  say(`Worker 2 was killed just before it sent the email for ${referenceOf(BEFORE_THE_MAIL)}.`);

  const third = startPython(python, [WORKER, folder], (event) => {
    if (event.event === "failed") printFailure(keys.get(event.action_run_id) ?? "", "failed", event.error ?? "");
  });
  const finish = async () => {
    const inDoubt = await untilRuns("Two runs should be in doubt by now.", async () => {
      const runs = await listDemoRuns(workspace.id, "--in-doubt");
      return runs.length === 2 ? runs : null;
    });
    say("Worker 3 continued and left the two alone. Their leases have expired. They're in doubt, and a person checks.");
    for (const run of inDoubt) await settle(run, workspace, folder);
    await untilRuns("Every approved run should be reported by now.", async () => {
      const unreported = await listDemoRuns(workspace.id, "--execution", "awaiting_execution_report");
      return unreported.length === 0 ? unreported : null;
    });
  };
  await Promise.race([finish(), endedEarly(third.done)]);
  await third.end("SIGTERM");
}

/** Kills the worker as soon as it hangs: nothing gets the chance to tidy up. */
async function killWhileExecuting(python: Python, args: readonly string[]): Promise<void> {
  let hangs = () => {};
  const hung = new Promise<void>((resolve) => (hangs = resolve));
  const worker = startPython(python, [WORKER, ...args], ({ event }) => event === "hangs" && hangs());
  await Promise.race([hung, endedEarly(worker.done)]);
  await worker.end("SIGKILL");
}

async function settle(run: DemoRun, workspace: DemoWorkspace, folder: string): Promise<void> {
  const wasSent = readSentMails(folder).some((mail) => mail.key === run.idempotency_key);
  await admin(z.unknown(), "run", "settle", run.action_run_id, "--as", wasSent ? "executed" : "released", "--by", workspace.owner);
  const reference = referenceOf(run.idempotency_key);
  say(
    wasSent
      ? `${reference}: the email was sent, so the run is settled as executed.`
      : `${reference}: no email was sent, so the run is released and worker 3 tries again.`,
  );
}

function untilRuns(otherwise: string, ask: () => Promise<DemoRun[] | null>): Promise<DemoRun[]> {
  return until(ask, { timeoutMs: TIMEOUT_MS, otherwise });
}

async function endedEarly(done: Promise<void>): Promise<never> {
  await done;
  throw new Error("A worker ended before its work was done.");
}

function referenceOf(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}
