import { type RunFacts, type RunWebhook, runFactsSchema, type TestWebhook } from "@/lib/contract/webhook";
import type { RunEvent } from "@/lib/domain/runs/webhook-events";
import { getEnv } from "@/lib/env";

/** What the outbox holds of an event. */
interface StoredEvent {
  readonly type: RunEvent;
  readonly timestamp: string;
  readonly data: RunFacts;
}

export function readStoredEvent(body: string): StoredEvent | TestWebhook {
  const stored = JSON.parse(body) as StoredEvent | TestWebhook;
  return stored.type === "test" ? stored : { ...stored, data: runFactsSchema.parse(stored.data) };
}

/** What a program gets, the same at every attempt. */
export function webhookPayload(body: string): RunWebhook | TestWebhook {
  const event = readStoredEvent(body);
  if (event.type === "test") return event;
  const { workspace_id: workspaceId, action_run_id: runId } = event.data;
  return {
    ...event,
    data: {
      ...event.data,
      links: { run: runUrl(workspaceId, runId), status: `${getEnv().DAAI_PUBLIC_URL}/api/v1/sdk/action-runs/${runId}/status` },
    },
  };
}

/** The run in the console; also where a person with a role there decides. */
export function runUrl(workspaceId: string, runId: string): string {
  return `${getEnv().DAAI_PUBLIC_URL}/workspaces/${workspaceId}/runs/${runId}`;
}
