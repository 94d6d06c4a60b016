import { describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { json, refused } from "../try-admin";

const WHY = ["--as", "ada@example.com", "--reason", "Wrong refunds"];

describe("freeze", () => {
  test("an action, a key or a workspace is frozen, listed and thawed; the receipts say that it was done here", async () => {
    const workspace = await makeWorkspace();
    const { workspaceId } = workspace;
    await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
    const { id: apiKeyId } = await getDb().apiKey.findFirstOrThrow({ where: { workspaceId, kind: "api" } });
    for (const which of [["--action", "pay"], ["--api-key", apiKeyId], []]) {
      const { freeze_id: id } = (await json("freeze", "start", "--workspace", workspaceId, ...which, ...WHY)) as { freeze_id: string };
      expect((await proposeOk(workspace, { action: "pay", payload: {} })).governance_reason).toBe("frozen");
      expect(await json("freeze", "list")).toMatchObject({
        freezes: [{ freeze_id: id, reason: "Wrong refunds", frozen_by: "ada@example.com" }],
      });
      expect(await json("freeze", "thaw", id, "--as", "bo@example.com", "--comment", "Found it")).toMatchObject({ freeze_id: id });
      expect((await proposeOk(workspace, { action: "pay", payload: {} })).governance_status).toBe("allowed");
    }
    expect(await json("freeze", "list")).toEqual({ freezes: [] });
    const receipts = await getDb().receipt.findMany({ where: { workspaceId, kind: { in: ["freeze", "thaw"] } } });
    expect(receipts).toHaveLength(6);
    for (const { body } of receipts) expect(JSON.parse(body)).toMatchObject({ channel: "admin_cli" });
  });

  test("without a workspace it is the whole console, and says so in every workspace", async () => {
    const workspace = await makeWorkspace();
    const { freeze_id: id } = (await json("freeze", "start", ...WHY)) as { freeze_id: string };
    expect((await proposeOk(workspace, { action: "anything", payload: {} })).governance_reason).toBe("frozen");
    expect(await json("freeze", "list")).toMatchObject({ freezes: [{ scope: "console", workspace_id: null }] });
    await json("freeze", "thaw", id, "--as", "bo@example.com");
    expect(await getDb().receipt.count({ where: { workspaceId: workspace.workspaceId, kind: "thaw" } })).toBe(1);
  });

  test("what can't be frozen or thawed is refused in words", async () => {
    const { workspaceId } = await makeWorkspace();
    expect(await refused("freeze", "start", "--action", "pay", ...WHY)).toContain("must be given with --action or --api-key");
    expect(await refused("freeze", "start", "--workspace", workspaceId, "--action", "pay", ...WHY)).toContain("Action pay not found");
    expect(await refused("freeze", "start", "--workspace", workspaceId, "--as", "ada@example.com", "--reason", " ")).toContain(
      "must not be empty",
    );
    expect(await refused("freeze", "thaw", workspaceId, "--as", "ada@example.com")).toContain("No such freeze");
  });
});
