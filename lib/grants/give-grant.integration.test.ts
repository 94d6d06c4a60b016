import { beforeAll, describe, expect, test } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { getDb } from "@/lib/db/client";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { dayFromNow, GRANTED_PAYLOAD, typedGrant } from "@/lib/testing/grants";
import { grantInputSchema } from "./schema";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

let actions = 0;
describe("giving a grant", () => {
  test.each<[string, Partial<Parameters<typeof typedGrant>[0]>, string]>([
    ["a fact that the run doesn't have", { facts: ["payload.nothing"] }, "facts"],
    ["no amount each", { amountEach: "" }, "amountEach"],
    ["a total below the amount each", { total: "499" }, "total"],
    ["an end in the past", { until: dayFromNow(-2) }, "until"],
    ["an end after 30 days", { until: dayFromNow(31) }, "until"],
  ])("refuses %s, and decides nothing", async (_what, different, path) => {
    const action = `pay_${++actions}`;
    await makeAction(workspace, { name: action });
    const { action_run_id: runId } = await proposeOk(workspace, { action, payload: GRANTED_PAYLOAD });
    const outcome = await decideRun(workspace.ctx, {
      runId,
      decision: "approve",
      comment: null,
      grant: grantInputSchema.parse(typedGrant(different)),
    });
    expect(outcome).toMatchObject({ ok: false, code: "validation_failed", fields: { errors: [{ path }] } });
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ governanceStatus: "pending_approval" });
  });

  test.each([
    [{ facts: [] }, "facts"],
    [{ facts: ["payload.a", "payload.a"] }, "facts"],
    [{ facts: ["amount"] }, "facts.0"],
    [{ maxUses: 0 }, "maxUses"],
    [{ maxUses: "many" }, "maxUses"],
    [{ maxUses: 1001 }, "maxUses"],
    [{ amountEach: "1e3" }, "amountEach"],
    [{ total: "0" }, "total"],
    [{ until: "Friday" }, "until"],
  ])("its form refuses %j", (different, path) => {
    expect(grantInputSchema.safeParse(typedGrant(different as Parameters<typeof typedGrant>[0])).error?.issues[0]?.path.join(".")).toBe(
      path,
    );
  });
});
