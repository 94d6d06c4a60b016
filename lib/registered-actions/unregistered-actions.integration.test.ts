import { beforeEach, describe, expect, test } from "vitest";
import { makeAction, makePerson, makeRun, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { getUnregisteredAction, listUnregistered } from "./unregistered-actions";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const fax = async (payload: Record<string, string> = { to: "+44 20 7946 0000", text: "Hello" }) =>
  (await proposeOk(workspace, { action: "send_fax", payload })).action_run_id;

describe("an action that an agent proposed before it was registered", () => {
  test("starts its registration with the name and payload of the run", async () => {
    expect(await getUnregisteredAction(workspace.ctx, await fax())).toEqual({
      name: "send_fax",
      payload: { to: "+44 20 7946 0000", text: "Hello" },
    });
    expect(await getUnregisteredAction(workspace.ctx, await fax({ text: "x".repeat(30_000) }))).toEqual({
      name: "send_fax",
      payload: null,
    });
  });

  test("is nothing to register in another workspace, once it is registered, and for a run that was blocked for another reason", async () => {
    const runId = await fax();
    expect(await getUnregisteredAction((await makeWorkspace()).ctx, runId)).toBeNull();
    expect(await getUnregisteredAction(workspace.ctx, await makeRun(workspace, "always_block"))).toBeNull();
    expect(await listUnregistered(workspace.ctx, ["send_fax", "send_fax", "other"])).toEqual(["send_fax", "other"]);
    await makeAction(workspace, { name: "send_fax" });
    expect(await getUnregisteredAction(workspace.ctx, runId)).toBeNull();
    expect(await listUnregistered(workspace.ctx, ["send_fax", "other"])).toEqual(["other"]);
  });

  test("is for members of the workspace", async () => {
    const stranger = await makePerson(workspace, null);
    await expect(getUnregisteredAction(stranger.ctx, await fax())).rejects.toThrow();
  });
});
