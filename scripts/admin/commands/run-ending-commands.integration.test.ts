import { beforeAll, describe, expect, test } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { operatorContext } from "@/lib/auth/contexts";
import { claim, expectOk, makeAction, makeRun, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { admin, json, refused } from "../try-admin";

const [ANN, BEN] = ["ann@example.com", "ben@example.com"];

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "wire", approverEmails: [ANN, BEN], approvals: 2 });
});
const approve = async (runId: string, email: string) =>
  expectOk(await decideRun(operatorContext(workspace.workspaceId, email), { runId, decision: "approve", comment: null }));

describe("ending a run from the command line", () => {
  test("a request that is no longer needed is withdrawn, once, and its story says why", async () => {
    const runId = await makeRun(workspace, "always_require_approval");
    const withdraw = ["run", "withdraw", runId, "--as", workspace.ownerEmail, "--reason", "Paid by hand."];
    const withdrawn = { action_run_id: runId, governance_status: "rejected", governance_reason: "withdrawn", reason: "Paid by hand." };
    expect(await json(...withdraw)).toMatchObject({ ...withdrawn, idempotent_replay: false });
    expect((await admin(...withdraw)).out).toContain("The run had already been withdrawn.");
    expect(await json("run", "show", runId)).toMatchObject({
      decision: { decision: "withdraw", decided_by: workspace.ownerEmail, comment: "Paid by hand." },
    });
    expect((await admin("run", "show", runId)).out).toContain("“Paid by hand.”");
  });

  test("an approval is revoked by whoever gave it, until the run is claimed", async () => {
    const runId = await makeRun(workspace, "always_require_approval", { approverEmails: [ANN] });
    await approve(runId, ANN);
    expect(await refused("run", "revoke", runId, "--as", workspace.ownerEmail)).toContain(`${ANN} approved this run`);
    expect(await json("run", "revoke", runId, "--as", ANN, "--comment", "Wrong IBAN.")).toMatchObject({
      governance_status: "rejected",
      governance_reason: "approval_revoked",
      revoked_by: ANN,
      comment: "Wrong IBAN.",
    });
    const claimed = await makeRun(workspace, "always_require_approval", { approverEmails: [ANN] });
    await approve(claimed, ANN);
    expectOk(await claim(workspace, claimed));
    expect(await refused("run", "revoke", claimed, "--as", ANN)).toContain("A worker has claimed the run");
    expect(await refused("run", "withdraw", claimed, "--as", ANN, "--reason", "Late.")).toContain("A worker has claimed the run");
  });

  test("of several approvals, one is revoked while the run stays pending; its story says how far it is", async () => {
    const { action_run_id: runId } = await proposeOk(workspace, { action: "wire", payload: {} });
    await approve(runId, ANN);
    expect((await admin("run", "show", runId)).out).toContain(`1 of 2 approvals given; still needed: ${BEN}`);
    expect((await admin("run", "revoke", runId, "--as", ANN)).out).toContain("The run is still pending, and its approver is asked again.");
    expect((await admin("run", "show", runId)).out).toContain(`0 of 2 approvals given; still needed: ${BEN} and ${ANN}`);
    for (const email of [ANN, BEN]) await approve(runId, email);
    const { out } = await admin("run", "show", runId);
    expect(out).toContain("All approvals given");
    expect(out).not.toContain("still needed");
  });
});
