import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { isPermitted } from "@/lib/domain/access/permissions";
import { ROLES } from "@/lib/domain/access/roles";
import { NotPermitted } from "@/lib/security/not-permitted";
import { atOnce, expectOk, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { editAction } from "./edit-action";
import { getActionDefaults } from "./get-action-defaults";
import { isNameFree } from "./is-name-free";
import { listActionActivity } from "./list-action-activity";
import { listActionChanges } from "./list-action-changes";
import { getAction, listActions } from "./list-actions";
import { listPolicyVersions } from "./list-policy-versions";
import { registerAction } from "./register-action";
import { restorePolicy } from "./restore-policy";
import type { NewAction } from "./schema";
import { setActionActive } from "./set-action-active";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

let made = 0;
const AMOUNT = { type: "require_approval_above_amount", threshold: "500" } as const;

async function makeRefund(): Promise<{ id: string; input: NewAction }> {
  const input = { name: `refund_${++made}`, title: "Refund a customer", policy: AMOUNT };
  return { id: await makeAction(workspace, input), input };
}
const stateOf = async (name: string) => (await getAction(workspace.ctx, name)) ?? expect.fail(`There is no ${name}.`);

describe("who may", () => {
  test.each(ROLES)("as %s", async (role) => {
    const { ctx } = await makePerson(workspace, role);
    const { id, input } = await makeRefund();
    const commands = [
      () => registerAction(ctx, { ...input, name: `new_${role}` }),
      () => editAction(ctx, { ...input, policy: { type: "log_only" } }),
      async () => restorePolicy(ctx, { name: input.name, version: 1, configVersion: (await stateOf(input.name)).configVersion }),
      () => setActionActive(ctx, { name: input.name, isActive: false }),
    ];
    for (const command of commands) {
      if (isPermitted(role, "action.manage")) expectOk(await command());
      else await expect(command()).rejects.toThrow(NotPermitted);
    }
    for (const read of [
      listActions(ctx),
      getAction(ctx, input.name),
      listPolicyVersions(ctx, id),
      listActionChanges(ctx, id, { limit: 9 }),
      listActionActivity(ctx),
      getActionDefaults(ctx),
    ]) {
      expect(await read).toBeTruthy();
    }
  });

  test("no stranger, and nobody in another workspace", async () => {
    const { id, input } = await makeRefund();
    const { ctx: stranger } = await makePerson(workspace, null);
    for (const ask of [
      () => listActions(stranger),
      () => listPolicyVersions(stranger, id),
      () => listActionChanges(stranger, id, { limit: 9 }),
      () => listActionActivity(stranger),
      () => getActionDefaults(stranger),
      () => isNameFree(stranger, input.name),
    ]) {
      await expect(ask()).rejects.toThrow(NotPermitted);
    }
    const other = await makeWorkspace();
    expect(await getAction(other.ctx, input.name)).toBeNull();
    expect(await listPolicyVersions(other.ctx, id)).toEqual([]);
    expect(await listActionChanges(other.ctx, id, { limit: 9 })).toEqual([]);
    expect(await isNameFree(other.ctx, input.name)).toBe(true);
    for (const outcome of [
      await editAction(other.ctx, input),
      await restorePolicy(other.ctx, { name: input.name, version: 1, configVersion: 1 }),
      await setActionActive(other.ctx, { name: input.name, isActive: false }),
    ]) {
      expect(outcome).toMatchObject({ ok: false, code: "not_found" });
    }
  });
});

describe("registering", () => {
  test("a name that is taken is said beside the field, also of an inactive action", async () => {
    const { input } = await makeRefund();
    await setActionActive(workspace.ctx, { name: input.name, isActive: false });
    const before = await tableContents();
    expect(await registerAction(workspace.ctx, input)).toMatchObject({
      code: "validation_failed",
      fields: { errors: [{ path: "name", message: expect.stringContaining(input.name) }] },
    });
    expect(await tableContents()).toEqual(before);
    expect(await isNameFree(workspace.ctx, input.name)).toBe(false);
    expect(await isNameFree(workspace.ctx, "quite_free")).toBe(true);
  });
});

describe("editing", () => {
  test("another policy is a new version, another title is none; both are told from what to what", async () => {
    const { id, input } = await makeRefund();
    const { ctx, email } = await makePerson(workspace, "admin");
    expect(await editAction(ctx, { ...input, policy: { ...AMOUNT, threshold: "750", currency: "EUR" } })).toEqual({
      ok: true,
      policyVersion: 2,
      proposalId: null,
    });
    expect(
      await editAction(ctx, {
        ...input,
        title: "Refund",
        approverEmails: ["Ann@Example.com"],
        policy: { ...AMOUNT, threshold: "750", currency: "EUR" },
      }),
    ).toEqual({ ok: true, policyVersion: 2, proposalId: null });
    expect((await listPolicyVersions(ctx, id)).map(({ version, rule, createdBy }) => [version, rule.threshold, createdBy])).toEqual([
      [2, "750", email],
      [1, "500", workspace.ownerEmail],
    ]);
    expect(await listActionChanges(ctx, id, { limit: 9 })).toMatchObject([
      {
        verb: "action.edited",
        by: email,
        policyVersion: 2,
        changes: [
          { field: "title", before: "Refund a customer", after: "Refund" },
          { field: "approvers", before: [], after: ["ann@example.com"] },
        ],
      },
      {
        verb: "action.edited",
        by: email,
        policyVersion: 2,
        changes: [
          { field: "threshold", before: "500", after: "750" },
          { field: "currency", before: null, after: "EUR" },
        ],
      },
      { verb: "action.registered", by: workspace.ownerEmail, policyVersion: 1, changes: [] },
    ]);
    const [event] = await getDb().auditEvent.findMany({ where: { subjectId: id, verb: "action.edited" }, orderBy: { id: "asc" } });
    expect(event?.data).toEqual({
      name: input.name,
      policy_version: 2,
      before: { threshold: "500", currency: null },
      after: { threshold: "750", currency: "EUR" },
    });
  });

  test("saving what is so already changes nothing", async () => {
    const { input } = await makeRefund();
    const before = await tableContents();
    expect(await editAction(workspace.ctx, { ...input, configVersion: 1 })).toEqual({ ok: true, policyVersion: 1, proposalId: null });
    expect(await tableContents()).toEqual(before);
  });

  test("who saves second is told who was faster and what is so now, and nothing is written over", async () => {
    const { input } = await makeRefund();
    const [first, second] = [await makePerson(workspace, "developer"), await makePerson(workspace, "admin")];
    await getDb().user.update({ where: { id: first.ctx.actor.userId }, data: { name: "Marta Lindqvist" } });
    expectOk(await editAction(first.ctx, { ...input, policy: { ...AMOUNT, threshold: "600" }, configVersion: 1 }));
    const before = await tableContents();
    const refused = await editAction(second.ctx, { ...input, title: "Other", configVersion: 1 });
    expect(refused).toMatchObject({
      ok: false,
      code: "edit_conflict",
      detail: "Marta Lindqvist changed this action after you opened it, so nothing was saved yet.",
      fields: {
        changed_by: "Marta Lindqvist",
        changed_at: expect.any(String),
        config_version: 2,
        current: { title: "Refund a customer", policy: { threshold: "600" } },
      },
    });
    expect(await tableContents()).toEqual(before);
    expectOk(await editAction(second.ctx, { ...input, title: "Other", policy: { ...AMOUNT, threshold: "600" }, configVersion: 2 }));
    expect(await stateOf(input.name)).toMatchObject({ title: "Other", policyVersion: 2, configVersion: 3 });
  });

  test("of 8 edits of one state at once, one is saved", async () => {
    const { id, input } = await makeRefund();
    const outcomes = await atOnce(8, (i) =>
      editAction(workspace.ctx, { ...input, policy: { ...AMOUNT, threshold: `${600 + i}` }, configVersion: 1 }),
    );
    expect(tally(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({ ok: 1, edit_conflict: 7 });
    expect(await listPolicyVersions(workspace.ctx, id)).toHaveLength(2);
  });
});

describe("restoring", () => {
  test("takes an old policy up again as a new version; runs keep theirs", async () => {
    const { id, input } = await makeRefund();
    const old = await proposeOk(workspace, { action: input.name, payload: { amount: 600 } });
    expect(old.governance_status).toBe("pending_approval");
    expectOk(await editAction(workspace.ctx, { ...input, title: "Refund", policy: { type: "always_allow" } }));
    expect((await proposeOk(workspace, { action: input.name, payload: { amount: 600 } })).governance_status).toBe("allowed");
    const { configVersion } = await stateOf(input.name);
    expect(await restorePolicy(workspace.ctx, { name: input.name, version: 1, configVersion })).toEqual({
      ok: true,
      policyVersion: 3,
      proposalId: null,
    });
    expect(await stateOf(input.name)).toMatchObject({
      title: "Refund",
      policyVersion: 3,
      policy: { policyType: "require_approval_above_amount", threshold: "500" },
    });
    expect((await listActionChanges(workspace.ctx, id, { limit: 1 }))[0]).toMatchObject({
      policyVersion: 3,
      restoredVersion: 1,
      changes: [
        { field: "policy_type", after: "require_approval_above_amount" },
        { field: "threshold", after: "500" },
      ],
    });
    expect((await proposeOk(workspace, { action: input.name, payload: { amount: 600 } })).governance_status).toBe("pending_approval");
    const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: old.action_run_id }, include: { policyVersion: true } });
    expect(run.policyVersion?.version).toBe(1);
  });

  test("of what is not there, what decides already, or a state that is gone: refused without a trace", async () => {
    const { input } = await makeRefund();
    expectOk(await editAction(workspace.ctx, { ...input, policy: { type: "log_only" } }));
    const before = await tableContents();
    const restore = (version: number, configVersion = 2) => restorePolicy(workspace.ctx, { name: input.name, version, configVersion });
    expect(await restore(9)).toMatchObject({ code: "not_found" });
    expect(await restore(2)).toMatchObject({ code: "validation_failed" });
    expect(await restore(1, 1)).toMatchObject({ code: "edit_conflict", fields: { config_version: 2 } });
    expect(await tableContents()).toEqual(before);
  });
});
