import {
  type FreezeFacts,
  type FreezeWebhook,
  freezeFactsSchema,
  type GrantFacts,
  type GrantWebhook,
  grantFactsSchema,
  type PolicyWebhook,
  type ProposalFacts,
  proposalFactsSchema,
  type RunFacts,
  type RunWebhook,
  runFactsSchema,
  type TestWebhook,
} from "@/lib/contract/webhook";
import { grantPath } from "@/lib/domain/grants/grant-paths";
import { proposalPath } from "@/lib/domain/policy/proposal-path";
import {
  FREEZE_EVENTS,
  type FreezeEvent,
  GRANT_EVENTS,
  type GrantEvent,
  POLICY_EVENTS,
  type PolicyEvent,
  type RunEvent,
} from "@/lib/domain/runs/webhook-events";
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

interface StoredPolicyEvent {
  readonly type: PolicyEvent;
  readonly timestamp: string;
  readonly data: ProposalFacts;
}

interface StoredGrantEvent {
  readonly type: GrantEvent;
  readonly timestamp: string;
  readonly data: GrantFacts;
}

type StoredEvent = StoredRunEvent | StoredFreezeEvent | StoredPolicyEvent | StoredGrantEvent;

export function readStoredEvent(body: string): StoredEvent | TestWebhook {
  const stored = JSON.parse(body) as StoredEvent | TestWebhook;
  if (stored.type === "test") return stored;
  if (isOfFreeze(stored)) return { ...stored, data: freezeFactsSchema.parse(stored.data) };
  if (isOfPolicy(stored)) return { ...stored, data: proposalFactsSchema.parse(stored.data) };
  if (isOfGrant(stored)) return { ...stored, data: grantFactsSchema.parse(stored.data) };
  return { ...stored, data: runFactsSchema.parse(stored.data) };
}

export function isOfFreeze(event: StoredEvent): event is StoredFreezeEvent {
  return FREEZE_EVENTS.some((type) => type === event.type);
}

export function isOfPolicy(event: StoredEvent): event is StoredPolicyEvent {
  return POLICY_EVENTS.some((type) => type === event.type);
}

export function isOfGrant(event: StoredEvent): event is StoredGrantEvent {
  return GRANT_EVENTS.some((type) => type === event.type);
}

/** What a program gets, the same at every attempt. */
export function webhookPayload(body: string): RunWebhook | FreezeWebhook | PolicyWebhook | GrantWebhook | TestWebhook {
  const event = readStoredEvent(body);
  if (event.type === "test") return event;
  if (isOfFreeze(event)) return { ...event, data: { ...event.data, links: { freezes: freezesUrl(event.data.workspace_id) } } };
  if (isOfPolicy(event)) return { ...event, data: { ...event.data, links: { change: policyChangeUrl(event.data) } } };
  if (isOfGrant(event)) return { ...event, data: { ...event.data, links: { grant: grantUrl(event.data) } } };
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

/** Where people compare a proposed policy change and confirm it. */
export function policyChangeUrl({ workspace_id: workspaceId, action_id: id, action: name, group }: ProposalFacts): string {
  const action = id === null || name === null ? null : { id, name };
  return `${getEnv().DAAI_PUBLIC_URL}${proposalPath(workspaceId, { action, group })}`;
}

/** The grant in the console; also where an owner revokes it. */
export function grantUrl({ workspace_id: workspaceId, grant_id: id }: GrantFacts): string {
  return `${getEnv().DAAI_PUBLIC_URL}${grantPath(workspaceId, id)}`;
}
