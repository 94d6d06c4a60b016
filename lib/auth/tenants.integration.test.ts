import { beforeAll, describe, expect, test } from "vitest";
import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { renewClaim } from "@/lib/action-runs/execute/renew-claim";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { stopRunChanges } from "@/lib/action-runs/status/run-changes";
import { waitForRunStatus } from "@/lib/action-runs/status/wait-for-run-status";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { authenticateSdk, withSdkContext } from "@/lib/api-keys/sdk-context";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { getDb } from "@/lib/db/client";
import { editAction } from "@/lib/registered-actions/edit-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import {
  asSdk,
  claim,
  claimOk,
  credentialsOf,
  endLease,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { memberContext, operatorContext, systemContext, visitorContext } from "./contexts";

const MISSING = "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae";

let mine: TestWorkspace;
let theirs: TestWorkspace;
let foreign: { pending: string; allowed: string; held: string; token: string; doubtful: string; keyId: string };
beforeAll(async () => {
  [mine, theirs] = [await makeWorkspace(), await makeWorkspace()];
  await makeAction(theirs, { name: "theirs_alone" });
  // Notes the keys' use, which it does again in five minutes at the earliest.
  await getRunStatus(visitorContext(), mine.credentials, MISSING);
  const [held, doubtful] = [await makeRun(theirs, "always_allow"), await makeRun(theirs, "always_allow")];
  const token = await claimOk(theirs, held);
  await claimOk(theirs, doubtful);
  await endLease(doubtful);
  foreign = {
    pending: await makeRun(theirs, "always_require_approval"),
    allowed: await makeRun(theirs, "always_allow"),
    held,
    token,
    doubtful,
    keyId: (await createApiKey(theirs.ctx, { kind: "api", name: "spare" })).id,
  };
  return stopRunChanges;
});

const outcomeOf = async (call: Promise<unknown>) =>
  JSON.stringify(await call, (name, value: unknown) => (name === "rateLimits" ? undefined : value));

describe("what is another workspace's is as if it did not exist", () => {
  test.each<[string, (id: string) => Promise<unknown>, () => string]>([
    ["status", (id) => getRunStatus(visitorContext(), mine.credentials, id), () => foreign.allowed],
    [
      "status, waiting",
      (id) => waitForRunStatus(visitorContext(), mine.credentials, { runId: id, waitSeconds: 60 }),
      () => foreign.pending,
    ],
    ["claim", (id) => claim(mine, id), () => foreign.allowed],
    ["claim with its payload", (id) => claim(mine, id, { payload: { made: 1 } }), () => foreign.allowed],
    [
      "renew with its token",
      (runId) => asSdk(mine, (ctx) => renewClaim(ctx, { runId, claimToken: foreign.token, leaseSeconds: 60 })),
      () => foreign.held,
    ],
    [
      "release with its token",
      (runId) => asSdk(mine, (ctx) => releaseClaim(ctx, { runId, claimToken: foreign.token })),
      () => foreign.held,
    ],
    ["report", (id) => report(mine, id), () => foreign.allowed],
    ["report with its token", (id) => report(mine, id, { claimToken: foreign.token }), () => foreign.held],
    ["report what is pending", (id) => report(mine, id), () => foreign.pending],
    ["settle", (runId) => settleRun(mine.ctx, { runId, settlement: "executed", settledBy: "x@example.com" }), () => foreign.doubtful],
    [
      "settle by releasing",
      (runId) => settleRun(mine.ctx, { runId, settlement: "released", settledBy: "x@example.com" }),
      () => foreign.doubtful,
    ],
    ["decide as my owner", (runId) => decideRun(mine.ctx, { runId, decision: "approve", comment: null }), () => foreign.pending],
    [
      "decide as their owner in my workspace",
      (runId) => decideRun(operatorContext(mine.workspaceId, theirs.ownerEmail), { runId, decision: "approve", comment: null }),
      () => foreign.pending,
    ],
    ["expire", (id) => expireRun(systemContext(mine.workspaceId), id), () => foreign.pending],
    ["revoke a key", (id) => revokeApiKey(mine.ctx, id), () => foreign.keyId],
    ["rotate a key", (id) => rotateApiKey(mine.ctx, { id, overlapMinutes: 0 }), () => foreign.keyId],
    [
      "edit an action",
      () => editAction(mine.ctx, { name: "theirs_alone", title: "Mine", policy: { type: "always_allow" } }),
      () => "theirs_alone",
    ],
    ["deactivate an action", () => setActionActive(mine.ctx, { name: "theirs_alone", isActive: false }), () => "theirs_alone"],
  ])("%s", async (_, call, foreignId) => {
    const before = await tableContents();
    const refusal = await outcomeOf(call(foreignId()));
    expect(refusal).toBe(await outcomeOf(call(MISSING)));
    expect(["false", "null"].includes(refusal) || (JSON.parse(refusal) as { ok: boolean }).ok === false).toBe(true);
    expect(await tableContents()).toEqual(before);
  });

  test("a member of one workspace decides nothing in another, also with its name in the context", async () => {
    const admin = await makePerson(mine, "admin");
    const ctx = memberContext(admin.ctx.actor, theirs.workspaceId);
    const refused = await decideRun(ctx, { runId: foreign.pending, decision: "approve", comment: null });
    expect(refused).toMatchObject({ ok: false, code: "run_not_found" });
    expect(refused).toEqual(await decideRun(ctx, { runId: MISSING, decision: "approve", comment: null }));
  });

  test("their action's name is unknown here, and their idempotency key is mine to use", async () => {
    await proposeOk(theirs, { action: "theirs_alone", payload: {}, idempotency_key: "k" });
    expect(await proposeOk(mine, { action: "theirs_alone", payload: {}, idempotency_key: "k" })).toMatchObject({
      governance_reason: "unknown_action",
      idempotent_replay: false,
    });
  });
});

describe("keys of two workspaces open neither", () => {
  test.each<[string, () => Promise<unknown>]>([
    ["authenticate", () => authenticateSdk(visitorContext(), mixed())],
    ["status", () => getRunStatus(visitorContext(), mixed(), foreign.allowed)],
    ["a command", () => withSdkContext(visitorContext(), mixed(), () => Promise.reject(new Error("must not be reached")))],
  ])("%s", async (_, call) => {
    expect(await call()).toMatchObject({ ok: false, code: "keys_of_different_workspaces" });
  });

  const mixed = () => credentialsOf(mine.apiKey, theirs.workspaceKey);

  test("a command's keys are checked in its own transaction: revoked means refused", async () => {
    const spare = await createApiKey(mine.ctx, { kind: "api", name: "spare" });
    const credentials = credentialsOf(spare.key, mine.workspaceKey);
    expect(await withSdkContext(visitorContext(), credentials, () => Promise.resolve({ ok: true }))).toMatchObject({
      ok: true,
      workspaceId: mine.workspaceId,
    });
    await revokeApiKey(mine.ctx, spare.id);
    for (const call of [
      authenticateSdk(visitorContext(), credentials),
      getRunStatus(visitorContext(), credentials, MISSING),
      withSdkContext(visitorContext(), credentials, () => Promise.resolve({})),
    ]) {
      expect(await call).toMatchObject({ ok: false, code: "invalid_api_key" });
    }
  });

  test("a deleted workspace's keys open nothing", async () => {
    const gone = await makeWorkspace();
    await getDb().workspace.update({ where: { id: gone.workspaceId }, data: { deletedAt: new Date() } });
    expect(await authenticateSdk(visitorContext(), gone.credentials)).toMatchObject({ ok: false, code: "invalid_api_key" });
  });
});
