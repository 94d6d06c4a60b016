import { beforeAll, describe, expect, test } from "vitest";
import { makeDecider, requestOf } from "@/lib/testing/deciders";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { admin, json, listIn, refused } from "../try-admin";

const ANN = "ann@example.com";

describe("reassigning from the command line", () => {
  let workspace: TestWorkspace;
  let ben: Awaited<ReturnType<typeof makeDecider>>;
  beforeAll(async () => {
    workspace = await makeWorkspace();
    ben = await makeDecider(workspace, "approver");
    await makeAction(workspace, { name: "pay", approverEmails: [ANN] });
  });
  const propose = async () => (await proposeOk(workspace, { action: "pay", payload: {} })).action_run_id;

  test("one run, which its story then shows", async () => {
    const runId = await propose();
    expect(await json("run", "reassign", runId, "--from", ANN, "--to", ben.email, "--as", workspace.ownerEmail)).toEqual({
      action_run_id: runId,
      from: ANN,
      to: ben.email,
    });
    expect(await refused("run", "reassign", runId, "--from", ANN, "--to", ben.email)).toContain(`${ANN} isn't asked to decide this run.`);
    expect(await refused("run", "reassign", runId, "--from", ben.email, "--to", "stranger@example.com")).toContain("can't decide this");
    const story = await json("run", "show", runId);
    expect(story.approval).toMatchObject({
      asked: [ben.email],
      reassignments: [{ from: ANN, to: ben.email, reassigned_by: workspace.ownerEmail }],
    });
    expect((await admin("run", "show", runId)).out).toContain(`Reassigned to ${ben.email} from ${ANN}, by ${workspace.ownerEmail}.`);
  });

  test("all runs of a person, and those of an account that is disabled", async () => {
    const runIds = [await propose(), await propose()];
    const here = ["--workspace", workspace.workspaceId];
    expect(await json("run", "reassign-all", ...here, "--from", ANN, "--to", ben.email)).toMatchObject({ reassigned: 2, remaining: 0 });
    expect(await refused("run", "reassign-all", ...here, "--from", ANN, "--to", ben.email)).toContain("has no pending requests");
    const chi = await makeDecider(workspace, "approver");
    const disabled = await json("user", "disable", "--email", ben.email, "--reassign-to", chi.email);
    // The three of this workspace that were Ben's by now.
    expect(disabled.ended).toMatchObject({ reassigned: 3, runs: 0 });
    for (const runId of runIds) expect((await requestOf(runId)).approverEmails).toEqual([chi.email]);
    expect(listIn(await json("run", "list", ...here, "--status", "pending_approval"), "runs")).toHaveLength(3);
  });
});
