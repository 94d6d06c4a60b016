import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "./factories";

export const CHANNEL = "console" as const;
/** A freeze of the whole workspace. */
export const ALL = { actionName: null, apiKeyId: null, reason: "Wrong refunds", channel: CHANNEL };

/** A workspace with an action that is always allowed, `pay`, and one that a person decides, `ask`. */
export async function makePayingWorkspace(): Promise<TestWorkspace> {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "ask", approvalValidMinutes: 60 });
  return workspace;
}

export const pay = (workspace: TestWorkspace) => proposeOk(workspace, { action: "pay", payload: { amount: 5 } });
export const ask = async (workspace: TestWorkspace) =>
  (await proposeOk(workspace, { action: "ask", payload: { amount: 5 } })).action_run_id;
export const readStatus = async ({ credentials }: TestWorkspace, runId: string) =>
  expectOk(await getRunStatus(visitorContext(), credentials, runId)).answer;

/** Freezes the workspace, or only the action or the key. */
export const freeze = async ({ ctx }: TestWorkspace, only: { actionName?: string; apiKeyId?: string } = {}) =>
  expectOk(await startFreeze(ctx, { ...ALL, ...only })).freezeId;
export const endFreeze = async ({ ctx }: TestWorkspace, freezeId: string) =>
  expectOk(await thaw(ctx, { freezeId, comment: null, channel: CHANNEL })).thawedAt;

/** As if the freeze had begun that much earlier, with everything that was there then. */
export async function ageFreeze(freezeId: string, minutes: number) {
  await getDb().$executeRawUnsafe("ALTER TABLE freezes DISABLE TRIGGER freezes_thawed_once");
  await getDb().$executeRaw`UPDATE freezes SET frozen_at = frozen_at - make_interval(mins => ${minutes}) WHERE id = ${freezeId}::uuid`;
  await getDb().$executeRawUnsafe("ALTER TABLE freezes ENABLE TRIGGER freezes_thawed_once");
}

/** The run and everything about it happened that much earlier. */
export async function ageAsked(runId: string, minutes: number) {
  await getDb().$executeRaw`
    WITH request AS (
      UPDATE approval_requests SET created_at = created_at - by.time, expires_at = expires_at - by.time, next_step_at = next_step_at - by.time
      FROM (SELECT make_interval(mins => ${minutes}) AS time) by WHERE run_id = ${runId}::uuid RETURNING id),
    links AS (UPDATE decision_links SET expires_at = expires_at - make_interval(mins => ${minutes}) WHERE approval_request_id IN (SELECT id FROM request))
    UPDATE action_runs SET expires_at = expires_at - make_interval(mins => ${minutes}),
      approval_valid_until = approval_valid_until - make_interval(mins => ${minutes}) WHERE id = ${runId}::uuid`;
}
