import type { JobHelpers, Task, TaskList } from "graphile-worker";
import { z } from "zod";
import { askAfterBounce } from "@/lib/approvals/ask-after-bounce";
import { askReassigned } from "@/lib/approvals/ask-reassigned";
import { blockWaitingRuns } from "@/lib/approvals/block-waiting-runs";
import { expireRun } from "@/lib/approvals/decide-run";
import { expireOverdueRuns } from "@/lib/approvals/expire-overdue-runs";
import { handOverRequest } from "@/lib/approvals/hand-over-request";
import { lapseApproval, lapseApprovals } from "@/lib/approvals/lapse-approvals";
import { replaceApprover } from "@/lib/approvals/replace-approver";
import { takeDueApprovalSteps } from "@/lib/approvals/take-approval-steps";
import { memberContext, systemContext } from "@/lib/auth/contexts";
import { deleteOldBacktests } from "@/lib/backtests/delete-old-backtests";
import { markBacktestFailed, runBacktest } from "@/lib/backtests/run-backtest";
import { noteGrantEnds } from "@/lib/grants/note-grant-ends";
import { deleteOldCounters } from "@/lib/limits/delete-old-counters";
import { logger } from "@/lib/logger";
import { chooseMailProvider } from "@/lib/mailer/choose-mail-provider";
import { markEmailFailed } from "@/lib/mailer/deliver-email";
import { findLostMail } from "@/lib/mailer/find-lost-mail";
import { sendEmail } from "@/lib/mailer/send-email";
import { queueCheckpointMails } from "@/lib/notifications/queue-checkpoint-mails";
import { sealKeptMails } from "@/lib/notifications/seal-kept-mails";
import { eraseOldData } from "@/lib/retention/erase-old-data";
import { deleteOldAccountTokens } from "@/lib/users/delete-old-account-tokens";
import { accountLinkJobSchema, mailAccountLink } from "@/lib/users/mail-account-link";
import { markRunsInDoubt } from "@/lib/webhooks/mark-runs-in-doubt";
import { sendDueWebhooks, sendWebhooks } from "@/lib/webhooks/send-webhooks";
import { deleteOldDeliveries, queueDueDeliveries } from "@/lib/webhooks/tidy-deliveries";
import { compareInThread } from "./compare-in-thread";
import { unlockDeadWorkers } from "./worker-locks";

/** Someone waits for its result, and can start another one. */
const BACKTEST_ATTEMPTS = 3;

/** In every workspace. */
const worker = systemContext(null);

/** The worker's tasks. Each may run more than once, so each is idempotent. */
export const tasks: TaskList = {
  "send-email": withPayload(z.object({ deliveryId: z.uuid() }), async ({ deliveryId }, { job }) => {
    try {
      await sendEmail(worker, chooseMailProvider(worker), deliveryId);
    } catch (error) {
      if (job.attempts >= job.max_attempts) await markEmailFailed(worker, deliveryId);
      throw error;
    }
  }),
  // Recorded as the member's who deleted the workspace, although it no longer has members.
  "block-waiting-runs": withPayload(z.object({ workspaceId: z.uuid(), userId: z.uuid(), email: z.string() }), (deleted) =>
    blockWaitingRuns(memberContext(deleted, deleted.workspaceId)),
  ),
  "mail-account-link": withPayload(accountLinkJobSchema, (link) => mailAccountLink(worker, link)),
  "hand-over-run": withPayload(z.object({ requestId: z.uuid() }), async ({ requestId }) => {
    const request = await worker.db.approvalRequest.findUnique({ where: { id: requestId }, select: { workspaceId: true } });
    if (request) await handOverRequest(systemContext(request.workspaceId), requestId);
  }),
  "replace-approver": withPayload(z.object({ requestId: z.uuid() }), async ({ requestId }) => {
    const request = await worker.db.approvalRequest.findUnique({ where: { id: requestId }, select: { workspaceId: true } });
    if (request) await replaceApprover(systemContext(request.workspaceId), requestId);
  }),
  "ask-reassigned": withPayload(z.object({ reassignmentId: z.uuid() }), async ({ reassignmentId }) => {
    const reassignment = await worker.db.reassignment.findUnique({ where: { id: reassignmentId }, select: { workspaceId: true } });
    if (reassignment) await askReassigned(systemContext(reassignment.workspaceId), reassignmentId);
  }),
  "take-approval-steps": () => takeDueApprovalSteps(worker),
  "expire-run": withPayload(z.object({ runId: z.uuid() }), async ({ runId }) => {
    const run = await worker.db.actionRun.findUnique({ where: { id: runId }, select: { workspaceId: true } });
    if (run) await expireRun(systemContext(run.workspaceId), runId);
  }),
  "expire-overdue-runs": () => expireOverdueRuns(worker),
  "lapse-approval": withPayload(z.object({ runId: z.uuid() }), async ({ runId }) => {
    const run = await worker.db.actionRun.findUnique({ where: { id: runId }, select: { workspaceId: true } });
    if (run) await lapseApproval(systemContext(run.workspaceId), runId);
  }),
  "lapse-approvals": () => lapseApprovals(worker),
  "delete-old-counters": () => deleteOldCounters(worker),
  "delete-old-account-tokens": () => deleteOldAccountTokens(worker),
  "ask-after-bounce": withPayload(z.object({ deliveryId: z.uuid() }), async ({ deliveryId }) => {
    const mail = await worker.db.emailDelivery.findUnique({ where: { id: deliveryId }, select: { workspaceId: true } });
    if (mail?.workspaceId) await askAfterBounce(systemContext(mail.workspaceId), deliveryId);
  }),
  "find-lost-mail": () => findLostMail(worker),
  "queue-checkpoint-mails": () => queueCheckpointMails(worker),
  // Queued once, by the migration that introduced encryption.
  "seal-kept-mails": () => sealKeptMails(worker),
  "unlock-dead-workers": () => unlockDeadWorkers(),
  "note-grant-ends": () => noteGrantEnds(worker),
  "notice-doubts": () => markRunsInDoubt(worker),
  "send-webhooks": withPayload(z.object({ endpointId: z.uuid() }), ({ endpointId }) => sendWebhooks(worker, endpointId)),
  "send-failing-webhooks": withPayload(z.object({ endpointId: z.uuid() }), ({ endpointId }) => sendDueWebhooks(worker, endpointId)),
  "queue-due-webhooks": () => queueDueDeliveries(worker),
  "delete-old-webhooks": () => deleteOldDeliveries(worker),
  "run-backtest": withPayload(z.object({ backtestId: z.uuid() }), async ({ backtestId }, { job, abortSignal }) => {
    const backtest = await worker.db.backtest.findUnique({ where: { id: backtestId }, select: { workspaceId: true } });
    if (!backtest) return;
    const ctx = systemContext(backtest.workspaceId);
    try {
      await runBacktest(ctx, backtestId, { compare: compareInThread, stop: abortSignal ?? null });
    } catch (error) {
      // Stopped with the worker, it starts again elsewhere.
      if (abortSignal?.aborted || job.attempts < BACKTEST_ATTEMPTS) throw error;
      logger.error({ error, backtestId }, "A backtest failed.");
      await markBacktestFailed(ctx, backtestId);
    }
  }),
  "delete-old-backtests": () => deleteOldBacktests(worker),
  "erase-old-data": (_payload, { abortSignal }) => eraseOldData(worker, abortSignal ?? null),
};

/** Tasks that take long run in their own queues, so they can't block others: those that call external servers, which may be slow, and backtests. */
export const SLOW_QUEUES: readonly { readonly tasks: readonly string[]; readonly concurrency: number }[] = [
  { tasks: ["send-email"], concurrency: 4 },
  // Several receivers may be slow at the same time. Each worker polls every few seconds, so more of them would slow down the rest.
  { tasks: ["send-webhooks"], concurrency: 8 },
  { tasks: ["send-failing-webhooks"], concurrency: 4 },
  { tasks: ["run-backtest"], concurrency: 1 },
];

/** In UTC. Checkpoints are emailed once a day; checking every hour makes up for downtime of the worker. */
export const crontab = `
* * * * * expire-overdue-runs
* * * * * lapse-approvals
* * * * * take-approval-steps
* * * * * unlock-dead-workers
*/5 * * * * find-lost-mail
* * * * * notice-doubts
*/5 * * * * note-grant-ends
* * * * * queue-due-webhooks
7 6-23 * * * queue-checkpoint-mails
17 3 * * * delete-old-counters
27 3 * * * delete-old-account-tokens
37 3 * * * delete-old-webhooks
47 3 * * * delete-old-backtests
57 3 * * * erase-old-data
`;

function withPayload<T>(schema: z.ZodType<T>, run: (payload: T, helpers: JobHelpers) => Promise<void>): Task {
  return (payload, helpers) => run(schema.parse(payload), helpers);
}
