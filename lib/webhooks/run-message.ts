import {
  type FreezeFacts,
  type FreezeWebhook,
  freezeFactsSchema,
  type RunFacts,
  type RunWebhook,
  runFactsSchema,
  type TestWebhook,
} from "@/lib/contract/webhook";
import { FREEZE_EVENTS, type FreezeEvent, type RunEvent } from "@/lib/domain/runs/webhook-events";
import { getEnv } from "@/lib/env";

/** What the outbox holds of an event. */
interface StoredRunEvent {
  readonly type: RunEvent;
  readonly timestamp: string;
  readonly data: RunFacts;
}

interface StoredFreezeEvent {
  readonly type: FreezeEvent;
  readonly timestamp: string;
  readonly data: FreezeFacts;
}

type StoredEvent = StoredRunEvent | StoredFreezeEvent | TestWebhook;

export function readStoredEvent(body: string): StoredEvent {
  const stored = JSON.parse(body) as StoredEvent;
  if (stored.type === "test") return stored;
  return isOfFreeze(stored)
    ? { ...stored, data: freezeFactsSchema.parse(stored.data) }
    : { ...stored, data: runFactsSchema.parse(stored.data) };
}

export function isOfFreeze(event: StoredRunEvent | StoredFreezeEvent): event is StoredFreezeEvent {
  return FREEZE_EVENTS.some((type) => type === event.type);
}

/** What a program gets, the same at every attempt. */
export function webhookPayload(body: string): RunWebhook | FreezeWebhook | TestWebhook {
  const event = readStoredEvent(body);
  if (event.type === "test") return event;
  if (isOfFreeze(event)) return { ...event, data: { ...event.data, links: { freezes: freezesUrl(event.data.workspace_id) } } };
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

/** What is frozen in the workspace; also where a person with a role there thaws it. */
export function freezesUrl(workspaceId: string): string {
  return `${getEnv().DAAI_PUBLIC_URL}/workspaces/${workspaceId}/freezes`;
}
