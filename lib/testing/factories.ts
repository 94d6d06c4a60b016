import { claimRun } from "@/lib/action-runs/execute/claim-run";
import { type ExecutionReport, reportExecution } from "@/lib/action-runs/execute/report-execution";
import { interceptAction } from "@/lib/action-runs/propose/intercept-action";
import { withSdkContext } from "@/lib/api-keys/sdk-context";
import { readSdkCredentials, type SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import { memberContext, operatorContext, visitorContext } from "@/lib/auth/contexts";
import { type InterceptResponse, interceptRequestSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import type { Limits, Plan } from "@/lib/domain/access/limits";
import type { Role } from "@/lib/domain/access/roles";
import type { JsonObject } from "@/lib/domain/json-value";
import { setLimits } from "@/lib/limits/set-limits";
import { registerAction } from "@/lib/registered-actions/register-action";
import type { NewAction } from "@/lib/registered-actions/schema";
import type { SdkContext, WorkspaceContext } from "@/lib/security/context";
import { openToken } from "@/lib/security/seal-token";
import { createUser } from "@/lib/users/create-user";
import { createWorkspace } from "@/lib/workspaces/create-workspace";

export interface TestWorkspace {
  workspaceId: string;
  ownerEmail: string;
  apiKey: string;
  workspaceKey: string;
  credentials: SdkCredentials;
  /** The operator, acting for the owner. */
  ctx: WorkspaceContext<{ readonly type: "operator"; readonly email: string | null }>;
}

let made = 0;

/** A workspace of a new owner, unlimited unless told otherwise. */
export async function makeWorkspace({
  plan = "unlimited",
  limits = {},
}: {
  plan?: Plan;
  limits?: Partial<Limits>;
} = {}): Promise<TestWorkspace> {
  const ownerEmail = `owner-${process.pid}-${++made}@example.com`;
  const operator = operatorContext(null);
  expectOk(await createUser(operator, { email: ownerEmail }));
  const workspace = expectOk(await createWorkspace(operator, { ownerEmail, name: "Test workspace", clientName: "Test client" }));
  expectOk(await setLimits(operator, { ownerEmail, plan, overrides: limits }));
  const { workspaceId, apiKey, workspaceKey } = workspace;
  const credentials = credentialsOf(apiKey, workspaceKey);
  return { workspaceId, ownerEmail, apiKey, workspaceKey, credentials, ctx: operatorContext(workspaceId, ownerEmail) };
}

export function credentialsOf(apiKey: string, workspaceKey: string): SdkCredentials {
  return expectOk(readSdkCredentials({ authorization: `Bearer ${apiKey}`, "x-daai-workspace-key": workspaceKey })).credentials;
}

/** Registers an action; by default one that always asks. */
export async function makeAction(workspace: TestWorkspace, action: Partial<NewAction> & { name: string }): Promise<string> {
  const input = { title: action.name, policy: { type: "always_require_approval" as const }, ...action };
  return expectOk(await registerAction(workspace.ctx, input)).actionId;
}

/** Proposes through the command, past HTTP. */
export function propose(workspace: TestWorkspace, request: { action: string; payload: JsonObject } & JsonObject) {
  return interceptAction(visitorContext(), workspace.credentials, {
    request: interceptRequestSchema.parse(request),
    payload: request.payload,
    payloadText: JSON.stringify(request.payload),
  });
}

export async function proposeOk(
  workspace: TestWorkspace,
  request: { action: string; payload: JsonObject } & JsonObject,
): Promise<InterceptResponse> {
  return expectOk(await propose(workspace, request)).answer;
}

/** A run of a new action with that policy: `always_allow` is executable, `always_require_approval` waits. */
export async function makeRun(
  workspace: TestWorkspace,
  type: "always_allow" | "always_block" | "always_require_approval",
  action: Partial<NewAction> = {},
): Promise<string> {
  const name = `action_${++made}`;
  await makeAction(workspace, { name, policy: { type }, ...action });
  return (await proposeOk(workspace, { action: name, payload: { made } })).action_run_id;
}

/** Runs a command as the SDK's requests do. */
export function asSdk<T extends object>(workspace: TestWorkspace, command: (ctx: SdkContext) => Promise<T>) {
  return withSdkContext(visitorContext(), workspace.credentials, command);
}

export function claim(
  workspace: TestWorkspace,
  runId: string,
  { worker = "worker-1", leaseSeconds = 60, token = null as string | null, payload = null as JsonObject | null } = {},
) {
  return asSdk(workspace, (ctx) => claimRun(ctx, { runId, worker, leaseSeconds, token, payload }));
}

/** The claim's token. */
export async function claimOk(workspace: TestWorkspace, runId: string): Promise<string> {
  return expectOk(await claim(workspace, runId)).answer.claim.token;
}

export function report(
  workspace: TestWorkspace,
  runId: string,
  { outcome = "executed", result = null, error = null, claimToken = null }: Partial<ExecutionReport> = {},
) {
  return asSdk(workspace, (ctx) =>
    reportExecution(ctx, { runId, outcome, result, resultText: result && JSON.stringify(result), error, claimToken }),
  );
}

/** Lets everything in the life of runs have happened so many days earlier. */
export async function ageRuns(days: number, ...runIds: string[]): Promise<void> {
  const db = getDb();
  await db.$transaction([
    db.$executeRaw`ALTER TABLE action_runs DISABLE TRIGGER USER`,
    db.$executeRaw`
      UPDATE action_runs SET created_at = created_at - age, decided_at = decided_at - age, execution_reported_at = execution_reported_at - age
      FROM make_interval(days => ${days}::int) age WHERE id = ANY(${runIds}::uuid[])`,
    db.$executeRaw`ALTER TABLE action_runs ENABLE TRIGGER USER`,
  ]);
}

/** Expires the lease, without waiting. */
export async function endLease(runId: string): Promise<void> {
  await getDb()
    .$executeRaw`UPDATE action_runs SET claim_expires_at = clock_timestamp() - interval '1 second' WHERE id = ${runId}::uuid AND claim_token_hash IS NOT NULL`;
}

/** Ends the approval window, without waiting. */
export async function endApprovalWindow(runId: string): Promise<void> {
  await getDb().$executeRaw`
    WITH run AS (UPDATE action_runs SET expires_at = date_trunc('milliseconds', clock_timestamp()) - interval '1 second' WHERE id = ${runId}::uuid RETURNING id, expires_at)
    UPDATE decision_links link SET expires_at = run.expires_at
    FROM run JOIN approval_requests request ON request.run_id = run.id WHERE link.approval_request_id = request.id`;
}

/** Ends the approval's validity, without waiting. Changes nothing of a run that isn't approved. */
export async function endApprovalValidity(runId: string): Promise<void> {
  await getDb().$executeRaw`
    UPDATE action_runs SET approval_valid_until = date_trunc('milliseconds', clock_timestamp()) - interval '1 second'
    WHERE id = ${runId}::uuid AND approval_valid_until IS NOT NULL`;
}

/** Lets this percentage of the approval window pass, without waiting and without the worker. */
export async function passApprovalTime(runId: string, percent: number): Promise<void> {
  await getDb().$executeRaw`
    WITH moved AS (
      UPDATE approval_requests SET created_at = created_at - elapsed, expires_at = expires_at - elapsed, next_step_at = next_step_at - elapsed
      FROM (SELECT id AS passed_id, (expires_at - created_at) * (${percent} / 100.0) - (clock_timestamp() - created_at) AS elapsed FROM approval_requests WHERE run_id = ${runId}::uuid) passed
      WHERE id = passed_id RETURNING id, run_id, expires_at),
    links AS (UPDATE decision_links link SET expires_at = moved.expires_at FROM moved WHERE link.approval_request_id = moved.id)
    UPDATE action_runs run SET expires_at = moved.expires_at FROM moved WHERE run.id = moved.run_id`;
}

/** The secret parts of the links in a run's mails that are still to be sent, by approver. */
export async function linkTokens(runId: string): Promise<Map<string, string>> {
  const mails = await getDb().emailDelivery.findMany({ where: { runId, sealedToken: { not: null } }, orderBy: { id: "asc" } });
  return new Map(mails.map(({ toEmail, sealedToken }) => [toEmail, openToken(sealedToken ?? new Uint8Array())]));
}

/** The one link of a run with one approver. */
export async function linkToken(runId: string): Promise<string> {
  const [token] = (await linkTokens(runId)).values();
  if (token === undefined) throw new Error(`Run ${runId} has no link.`);
  return token;
}

/** `count` calls at once. */
export function atOnce<T>(count: number, call: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => call(index)));
}

/** How often each value occurs. */
export function tally(values: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** A person with a role in the workspace; without one, a stranger to it. */
export async function makePerson(workspace: TestWorkspace, role: Role | null) {
  const email = `${role ?? "stranger"}-${process.pid}-${++made}@example.com`;
  const { userId } = expectOk(await createUser(operatorContext(null), { email }));
  if (role) await getDb().member.create({ data: { workspaceId: workspace.workspaceId, userId, role } });
  return { email, ctx: memberContext({ userId, email }, workspace.workspaceId) };
}

/** Returns the success, or throws with the refusal. */
export function expectOk<T extends { ok: boolean }>(outcome: T): Extract<T, { ok: true }> {
  if (!outcome.ok) throw new Error(`Expected success, got ${JSON.stringify(outcome)}`);
  return outcome as Extract<T, { ok: true }>;
}
