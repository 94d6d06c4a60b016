import { beforeEach, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { getDb } from "@/lib/db/client";
import { setLimits } from "@/lib/limits/set-limits";
import { editAction } from "@/lib/registered-actions/edit-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { credentialsOf, expectOk, makeAction, makeWorkspace, propose, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { withinOnePeriod } from "@/lib/testing/within-one-period";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
});

const pay = () => proposeOk(workspace, { action: "pay", payload: {} });
const edit = (type: "always_allow" | "always_block" | "log_only") =>
  editAction(workspace.ctx, { name: "pay", title: "Pay", policy: { type } }).then(expectOk);
const keyOf = (kind: string) => getDb().apiKey.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId, kind, revokedAt: null } });
const codeOf = async (target = workspace) => {
  const outcome = await propose(target, { action: "pay", payload: {} });
  return outcome.ok ? "ok" : outcome.code;
};

describe("what is in memory is never older than the last change", () => {
  test("an edited policy is a new version; old runs keep theirs", async () => {
    const old = await pay();
    expect(await edit("always_block")).toEqual({ ok: true, policyVersion: 2, proposalId: null });
    expect(await pay()).toMatchObject({ governance_status: "blocked", receipt: { policy_version: 2 } });
    expect(old.receipt?.policy_version).toBe(1);
    const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: old.action_run_id }, include: { policyVersion: true } });
    expect(run.policyVersion).toMatchObject({ version: 1, policyType: "always_allow" });
  });

  test("another title is no new version", async () => {
    expect(await editAction(workspace.ctx, { name: "pay", title: "Pay out", riskLevel: "high", policy: { type: "always_allow" } })).toEqual(
      { ok: true, policyVersion: 1, proposalId: null },
    );
    const { action_run_id: id } = await pay();
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id } })).toMatchObject({ riskLevel: "high" });
  });

  test("registering, deactivating and activating count from the next proposal on", async () => {
    expect(await proposeOk(workspace, { action: "later", payload: {} })).toMatchObject({ governance_reason: "unknown_action" });
    await makeAction(workspace, { name: "later", policy: { type: "log_only" } });
    expect(await proposeOk(workspace, { action: "later", payload: {} })).toMatchObject({ governance_reason: "policy_log_only" });
    await setActionActive(workspace.ctx, { name: "later", isActive: false });
    expect(await proposeOk(workspace, { action: "later", payload: {} })).toMatchObject({ governance_reason: "inactive_action" });
    await setActionActive(workspace.ctx, { name: "later", isActive: true });
    expect(await proposeOk(workspace, { action: "later", payload: {} })).toMatchObject({ governance_reason: "policy_log_only" });
  });

  test("other approvers and limits count from the next proposal on", async () => {
    await editAction(workspace.ctx, {
      name: "pay",
      title: "Pay",
      policy: { type: "always_require_approval" },
      approverEmails: ["ann@example.com"],
    });
    const { action_run_id: runId } = await pay();
    expect(await getDb().emailDelivery.findFirst({ where: { runId } })).toMatchObject({ toEmail: "ann@example.com" });
    await withinOnePeriod("month", async () => {
      expectOk(await setLimits(workspace.ctx, { ownerEmail: workspace.ownerEmail, overrides: { runsPerMonth: 1 } }));
      expect(await codeOf()).toBe("monthly_run_limit");
    });
  });

  test("in a stream of proposals, none that begins after an edit is decided by the old version", async () => {
    let edited = 1;
    let isOver = false;
    let seen = 0;
    const stream = async () => {
      while (!isOver) {
        const atLeast = edited;
        const outcome = await propose(workspace, { action: "pay", payload: {} });
        // With one edit after the other, an unlucky proposal is asked to come again.
        if (!outcome.ok) expect(outcome.code).toBe("database_unavailable");
        else expect(outcome.answer.receipt?.policy_version).toBeGreaterThanOrEqual(atLeast);
        seen++;
      }
    };
    const editing = async () => {
      for (let i = 0; i < 25; i++) edited = (await edit(i % 2 ? "always_allow" : "log_only")).policyVersion;
      isOver = true;
    };
    await Promise.all([editing(), ...Array.from({ length: 12 }, stream)]);
    expect(edited).toBe(26);
    expect(seen).toBeGreaterThan(25);
    const runs = await getDb().actionRun.findMany({ where: { workspaceId: workspace.workspaceId }, include: { policyVersion: true } });
    expect(runs.every((run) => run.governanceReason === `policy_${run.policyVersion?.policyType}`)).toBe(true);
  });
});

describe("in a stream of proposals, none that begins after the change gets through as before", () => {
  test.each<[string, () => Promise<unknown>, string]>([
    ["deactivating", () => setActionActive(workspace.ctx, { name: "pay", isActive: false }), "inactive_action"],
    ["a limit", () => setLimits(workspace.ctx, { ownerEmail: workspace.ownerEmail, overrides: { runsPerMonth: 0 } }), "monthly_run_limit"],
    ["revoking the API key", async () => revokeApiKey(workspace.ctx, (await keyOf("api")).id), "invalid_api_key"],
    ["revoking the workspace key", async () => revokeApiKey(workspace.ctx, (await keyOf("workspace")).id), "invalid_workspace_key"],
    [
      "rotating without overlap",
      async () => rotateApiKey(workspace.ctx, { id: (await keyOf("api")).id, overlapMinutes: 0 }),
      "invalid_api_key",
    ],
  ])("%s", async (_, change, expected) => {
    let isChanged = false;
    let seen = 0;
    const stream = async () => {
      while (seen < 30) {
        const mustBeNew = isChanged;
        const outcome = await propose(workspace, { action: "pay", payload: {} });
        const answer = outcome.ok ? outcome.answer.governance_reason : outcome.code;
        expect(mustBeNew ? [expected] : [expected, "policy_always_allow"]).toContain(answer);
        if (mustBeNew) seen++;
      }
    };
    const changing = async () => {
      await pay();
      await change();
      isChanged = true;
    };
    await Promise.all([changing(), ...Array.from({ length: 12 }, stream)]);
  });
});

describe("keys", () => {
  test.each(["api", "workspace"])("a revoked %s key is refused from the next call on, and nothing is written", async (kind) => {
    await pay();
    expect(await revokeApiKey(workspace.ctx, (await keyOf(kind)).id)).toBe(true);
    const before = await tableContents();
    expect(await codeOf()).toBe(kind === "api" ? "invalid_api_key" : "invalid_workspace_key");
    expect(await tableContents()).toEqual(before);
  });

  test("a rotated key works beside its successor until the overlap ends", async () => {
    const rotated = expectOk(await rotateApiKey(workspace.ctx, { id: (await keyOf("api")).id, overlapMinutes: 10 }));
    const successor = { ...workspace, credentials: credentialsOf(rotated.key, workspace.workspaceKey) };
    expect([await codeOf(), await codeOf(successor)]).toEqual(["ok", "ok"]);
    await getDb().$executeRaw`UPDATE api_keys SET expires_at = clock_timestamp() WHERE expires_at IS NOT NULL`;
    expect([await codeOf(), await codeOf(successor)]).toEqual(["invalid_api_key", "ok"]);
  });

  test("rotating once more does not lengthen the life of the old key", async () => {
    const { id } = await keyOf("api");
    const first = expectOk(await rotateApiKey(workspace.ctx, { id, overlapMinutes: 1 }));
    const second = expectOk(await rotateApiKey(workspace.ctx, { id, overlapMinutes: 60 }));
    expect(second.oldKeyExpiresAt).toEqual(first.oldKeyExpiresAt);
  });

  test("who holds no API key learns nothing; who does, learns only of its own workspace", async () => {
    const other = await makeWorkspace();
    const stranger = await createApiKey(other.ctx, { kind: "api", name: "gone" });
    await revokeApiKey(other.ctx, stranger.id);
    const table: [string, string, string][] = [
      [stranger.key, workspace.workspaceKey, "invalid_api_key"],
      [stranger.key, stranger.key, "invalid_api_key"],
      [stranger.key, "daai_wk_unknown", "invalid_api_key"],
      [workspace.apiKey, "daai_wk_unknown", "invalid_workspace_key"],
      [workspace.apiKey, workspace.apiKey, "invalid_workspace_key"],
      [workspace.apiKey, other.workspaceKey, "keys_of_different_workspaces"],
    ];
    const details = new Set<string>();
    for (const [apiKey, workspaceKey, code] of table) {
      const outcome = await propose({ ...workspace, credentials: credentialsOf(apiKey, workspaceKey) }, { action: "pay", payload: {} });
      expect(outcome).toMatchObject({ ok: false, code });
      if (!outcome.ok && code === "invalid_api_key") details.add(JSON.stringify(outcome));
    }
    expect(details.size).toBe(1);
  });
});
