import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { readSamplePayload } from "@/lib/domain/policy/preview-decision";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { TEST_KEY_KIND, TEST_KEY_NAME } from "@/lib/domain/runs/test-requests";
import { refuseInactiveAction } from "@/lib/registered-actions/refuse-inactive-action";
import { refuseUnknownAction } from "@/lib/registered-actions/refuse-unknown-action";
import type { MemberContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { interceptAction } from "./intercept-action";

/**
 * Proposes an action from the console, through the same intercept as an app's. It is decided like any other run and never runs: what is
 * proposed with a test key never awaits an execution (`daai_mark_test`), so nothing can claim or report it.
 */
export async function requestTest(
  ctx: MemberContext,
  { name, payload: text }: { name: string; payload: string },
): Promise<{ ok: true; runId: string } | Refusal> {
  await requirePermission(ctx, "action.manage");
  const action = await ctx.db.registeredAction.findUnique({
    where: { workspaceId_name: { workspaceId: ctx.workspaceId, name } },
    select: { isActive: true },
  });
  if (!action) return refuseUnknownAction(name);
  if (!action.isActive) return refuseInactiveAction(name);
  const sample = readSamplePayload(text);
  if (sample.kind !== "read") {
    const { code, detail } =
      sample.kind === "refused" ? sample : { code: "validation_failed" as const, detail: "The payload must be a JSON object." };
    return refuse(code, detail, { fields: { errors: [{ path: "payload", message: detail }] } });
  }
  const { email } = ctx.actor;
  const request = interceptRequestSchema.parse({
    action: name,
    payload: sample.payload,
    actor: email,
    reasoning: `A test request that ${email} sent from the console. Nothing runs, whatever you decide.`,
    source: { type: "console_test" },
  });
  const outcome = await interceptAction(ctx, await testCredentials(ctx), {
    request,
    payload: sample.payload,
    payloadText: sample.payloadText,
  });
  return outcome.ok ? { ok: true, runId: outcome.answer.action_run_id } : outcome;
}

/** The person's own test key in this workspace, which is both of its keys. Only its hash exists, so nothing can be signed in with it. */
async function testCredentials({ db, workspaceId, actor }: MemberContext): Promise<SdkCredentials> {
  await db.$executeRaw`
    INSERT INTO api_keys (id, workspace_id, kind, name, key_hash, hint, created_by)
    VALUES (${uuidv7()}::uuid, ${workspaceId}::uuid, ${TEST_KEY_KIND}, ${TEST_KEY_NAME}, ${randomBytes(32)}, '', ${actor.email})
    ON CONFLICT (workspace_id, created_by) WHERE kind = 'test' DO NOTHING`;
  const key = await db.apiKey.findFirstOrThrow({ where: { workspaceId, kind: TEST_KEY_KIND, createdBy: actor.email } });
  const hash = Buffer.from(key.keyHash).toString("hex");
  return { apiKeyHash: hash, workspaceKeyHash: hash };
}
