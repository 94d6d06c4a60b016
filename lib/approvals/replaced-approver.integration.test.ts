import { describe, expect, test } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { editAction } from "@/lib/registered-actions/edit-action";
import { APPROVE, decidedBy, makeDecider, requestOf } from "@/lib/testing/deciders";
import { drainJobs } from "@/lib/testing/drain-jobs";
import {
  expectOk,
  linkToken,
  linkTokens,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import { decideByLink } from "./decide-by-link";
import { getDecisionByToken } from "./get-decision-by-token";

describe("a replaced approver", () => {
  const edit = (of: TestWorkspace, name: string, approverEmails: string[]) =>
    editAction(of.ctx, { name, title: name, approverEmails, policy: { type: "always_require_approval" } });

  test("has a link that says so and decides nothing; the new one is asked about what waits", async () => {
    const of = await makeWorkspace();
    // By role bob may decide still: it is the link that ends.
    const bob = await makeDecider(of, "approver");
    await makeAction(of, { name: "pay", approverEmails: [bob.email, "ann@example.com"] });
    const { action_run_id: runId } = await proposeOk(of, { action: "pay", payload: {} });
    const tokens = await linkTokens(runId);
    expectOk(await edit(of, "pay", ["ann@example.com", "carol@example.com"]));
    const gone = { ok: false, code: "link_withdrawn", fields: { reason: "replaced" } };
    expect(await getDecisionByToken(visitorContext(), tokens.get(bob.email) ?? "")).toMatchObject(gone);
    expect(await decideByLink(visitorContext(), tokens.get(bob.email) ?? "", APPROVE)).toMatchObject(gone);
    expect(await decidedBy(runId)).toBeNull();
    for (let i = 0; i < 2; i++) await drainJobs();
    expect((await requestOf(runId)).approverEmails).toEqual(["ann@example.com", "carol@example.com"]);
    expectOk(await decideByLink(visitorContext(), tokens.get("ann@example.com") ?? "", APPROVE));
  });

  test("of the workspace is one, too, but for actions that name them", async () => {
    const of = await makeWorkspace();
    const routing = (approverEmails: string[]) => setApprovalRouting(of.ctx, { approverEmails, approvalWindowMinutes: null });
    expectOk(await routing(["bob@example.com"]));
    const [general, own] = [
      await makeRun(of, "always_require_approval"),
      await makeRun(of, "always_require_approval", { approverEmails: ["bob@example.com"] }),
    ];
    const [first, second] = [await linkToken(general), await linkToken(own)];
    expectOk(await routing(["carol@example.com"]));
    expect(await getDecisionByToken(visitorContext(), first)).toMatchObject({ code: "link_withdrawn" });
    await drainJobs();
    expect((await requestOf(general)).approverEmails).toEqual(["carol@example.com"]);
    expectOk(await decideByLink(visitorContext(), second, APPROVE));
  });
});
