import { beforeEach, describe, expect, test } from "vitest";
import { requestTest } from "@/lib/action-runs/propose/request-test";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { decideRun } from "@/lib/approvals/decide-run";
import { getDb } from "@/lib/db/client";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { withDb } from "@/lib/security/context";
import { makeBudget } from "@/lib/testing/budgets";
import { credentialsOf, expectOk, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant, grantSums, typedGrant } from "@/lib/testing/grants";
import { prepareGrant, writeGrant } from "./give-grant";
import { grantInputSchema } from "./schema";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay" });
});

const pay = (payload: object = {}) => proposeOk(workspace, { action: "pay", payload: { ...GRANTED_PAYLOAD, ...payload } });
const stateOf = async (runId: string) => (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).governanceStatus;

describe("what a budget can't read goes to a person", () => {
  const PLAIN = { supplier: { id: "S-17" } };
  test.each<[string, Parameters<typeof makeBudget>[1], object]>([
    ["the currency", { currency: "USD" }, {}],
    ["the amount", {}, { payload: PLAIN, amountEach: "", total: "" }],
    ["the value to count by", { measure: "count", currency: "", per: "field", perField: "customer.id" }, {}],
  ])("%s", async (_what, budget, given) => {
    const grantId = await giveGrant(workspace, { action: "pay", ...given });
    const payload = "payload" in given ? PLAIN : GRANTED_PAYLOAD;
    expect(await proposeOk(workspace, { action: "pay", payload })).toMatchObject({ governance_reason: "standing_grant" });
    await makeBudget(workspace, { limit: "1000", whenExceeded: "block", ...budget });
    const asked = await proposeOk(workspace, { action: "pay", payload });
    expect(asked).toMatchObject({ governance_status: "pending_approval", grant: null });
    expect(await grantSums(grantId)).toMatchObject({ uses: 1 });
    // And no grant is given with the approval of such a run.
    const grant = grantInputSchema.parse(typedGrant("payload" in given ? { amountEach: "", total: "" } : {}));
    const answer = { runId: asked.action_run_id, decision: "approve", comment: null } as const;
    expect(await decideRun(workspace.ctx, { ...answer, grant })).toMatchObject({ ok: false, code: "not_permitted" });
    expectOk(await decideRun(workspace.ctx, answer));
  });
});

test("a proposal doesn't wait for a grant that is being ended", async () => {
  const grantId = await giveGrant(workspace, { action: "pay" });
  await inTransaction(getDb(), async (tx) => {
    await tx.$executeRaw`SELECT daai_end_grant(${grantId}::uuid, 'policy_changed', NULL, NULL)`;
    expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  });
});

test("the API key is the key itself, not its name", async () => {
  await giveGrant(workspace, { action: "pay", facts: ["key"] });
  expect(await pay()).toMatchObject({ governance_reason: "standing_grant" });
  const { name } = await getDb().apiKey.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId, kind: "api" } });
  const { key } = await createApiKey(workspace.ctx, { kind: "api", name });
  const other = { ...workspace, credentials: credentialsOf(key, workspace.workspaceKey) };
  expect(await proposeOk(other, { action: "pay", payload: GRANTED_PAYLOAD })).toMatchObject({ governance_status: "pending_approval" });
});

test.each(["reject", "block"] as const)("a grant doesn't come with %s", async (decision) => {
  const { action_run_id: runId } = await pay();
  const outcome = await decideRun(workspace.ctx, { runId, decision, comment: "No.", grant: grantInputSchema.parse(typedGrant()) });
  expect(outcome).toMatchObject({ ok: false, code: "validation_failed" });
  expect(await stateOf(runId)).toBe("pending_approval");
});

test("where midnight comes between the check and the approval, the day is refused", async () => {
  const { action_run_id: runId } = await pay();
  const outcome = await inTransaction(getDb(), async (tx) => {
    const ctx = withDb(workspace.ctx, tx);
    const input = grantInputSchema.parse(typedGrant());
    const { grant } = expectOk(await prepareGrant(ctx, { runId, givenBy: workspace.ownerEmail, input }));
    return writeGrant(ctx, grant, { channel: "console", givenAt: grant.endsAt });
  });
  expect(outcome).toMatchObject({ code: "validation_failed", fields: { errors: [{ path: "until" }] } });
  expect(await getDb().standingGrant.count({ where: { runId } })).toBe(0);
});

describe("the database refuses", () => {
  /** Writes the grant again, for another run. */
  const copy = (grantId: string, different: object, timeZone = "UTC") =>
    inTransaction(getDb(), async (tx) => {
      await tx.$executeRaw`SELECT set_config('TimeZone', ${timeZone}, true)`;
      await tx.$executeRaw`
        INSERT INTO standing_grants SELECT (jsonb_populate_record(g, ${JSON.stringify(different)}::jsonb)).*
        FROM standing_grants g WHERE g.id = ${grantId}::uuid`;
      return rollBack({ ok: true });
    });
  const id = "01980000-0000-7000-8000-000000000001";

  test("a grant of a run that nobody approved, of a test and of another action", async () => {
    const grantId = await giveGrant(workspace, { action: "pay" });
    const { action_run_id: runId } = await pay({ amount: "501" });
    await expect(copy(grantId, { id, run_id: runId })).rejects.toThrow("approval of a run");
    expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
    expect(await copy(grantId, { id, run_id: runId })).toEqual({ ok: true });
    await expect(copy(grantId, { id, run_id: runId, action_id: await makeAction(workspace, { name: "send" }) })).rejects.toThrow(
      "approval of a run",
    );
    const developer = await makePerson(workspace, "developer");
    const test = expectOk(await requestTest(developer.ctx, { name: "pay", payload: JSON.stringify(GRANTED_PAYLOAD) }));
    expectOk(await decideRun(workspace.ctx, { runId: test.runId, decision: "approve", comment: null }));
    await expect(copy(grantId, { id, run_id: test.runId })).rejects.toThrow("approval of a run");
  });

  test("more than 30 days of 24 hours, in whatever time zone", async () => {
    const grantId = await giveGrant(workspace, { action: "pay" });
    const { action_run_id: runId } = await pay({ amount: "501" });
    expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
    // The clocks go forward in between, so 30 days of the calendar are 719 hours.
    const times = { created_at: "2027-03-01T00:00:00Z", ends_at: "2027-03-31T00:00:00Z" };
    expect(await copy(grantId, { id, run_id: runId, ...times }, "America/New_York")).toEqual({ ok: true });
    const longer = { ...times, ends_at: "2027-03-31T00:00:00.001Z" };
    await expect(copy(grantId, { id, run_id: runId, ...longer }, "America/New_York")).rejects.toThrow("standing_grants_end");
  });

  test("that its giver confirms a grant, and that all are taken away", async () => {
    await makeAction(workspace, { name: "wire", riskLevel: "critical" });
    const { ctx, email } = await makePerson(workspace, "approver");
    const grantId = await giveGrant(workspace, { action: "wire", ctx });
    const db = getDb();
    await expect(
      db.$executeRaw`UPDATE standing_grants SET confirmed_by = ${email.replace("@", "+2@")}, confirmed_at = now() WHERE id = ${grantId}::uuid`,
    ).rejects.toThrow("standing_grants_confirmed_by_another");
    await expect(db.$executeRaw`TRUNCATE grant_uses`).rejects.toThrow("append-only");
    await expect(db.$executeRaw`TRUNCATE standing_grants CASCADE`).rejects.toThrow("append-only");
  });
});
