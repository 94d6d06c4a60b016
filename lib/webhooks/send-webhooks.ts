import { addJob } from "@/lib/db/add-job";
import type { SystemContext } from "@/lib/security/context";
import { deliverWebhook } from "./deliver-webhook";

/** Parallel deliveries to one endpoint, per process. */
const LANES = 4;
/** Longer than an attempt can take: after that, another process takes over the delivery. */
const LEASE_SECONDS = 30;

const endpoints = new Map<string, { isAskedAgain: boolean }>();

/**
 * Sends an endpoint's due deliveries. An endpoint whose last attempt failed is left to the queue for failing ones, so that hanging
 * receivers delay only each other.
 */
export async function sendWebhooks(ctx: SystemContext, endpointId: string): Promise<void> {
  const endpoint = await ctx.db.webhookEndpoint.findUnique({ where: { id: endpointId }, select: { failingSince: true } });
  if (endpoint?.failingSince) return addJob(ctx.db, "send-failing-webhooks", { endpointId }, { key: `failing webhook ${endpointId}` });
  await sendDueWebhooks(ctx, endpointId);
}

/**
 * Sends until nothing is due or an attempt fails. After a failure, the sweep tries again, within a minute at the latest. A call during a
 * run makes it look once more.
 */
export async function sendDueWebhooks(ctx: SystemContext, endpointId: string): Promise<void> {
  const running = endpoints.get(endpointId);
  if (running) {
    running.isAskedAgain = true;
    return;
  }
  const state = { isAskedAgain: true };
  endpoints.set(endpointId, state);
  try {
    while (state.isAskedAgain) {
      state.isAskedAgain = false;
      const lanes = await Promise.all(Array.from({ length: LANES }, () => sendInLane(ctx, endpointId)));
      if (lanes.includes("failed")) return;
    }
  } finally {
    endpoints.delete(endpointId);
  }
}

async function sendInLane(ctx: SystemContext, endpointId: string): Promise<"done" | "failed"> {
  for (;;) {
    const id = await takeDue(ctx, endpointId);
    if (id === null) return "done";
    if (!(await deliverWebhook(ctx, id))) return "failed";
  }
}

/** Leases it, so that no other process sends it. */
async function takeDue({ db }: SystemContext, endpointId: string): Promise<string | null> {
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    UPDATE webhook_deliveries SET next_attempt_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::int) WHERE id = (
      SELECT id FROM webhook_deliveries
      WHERE endpoint_id = ${endpointId}::uuid AND status = 'queued' AND next_attempt_at <= clock_timestamp()
      ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  return taken?.id ?? null;
}
