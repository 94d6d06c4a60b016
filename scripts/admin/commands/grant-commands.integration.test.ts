import { expect, test } from "vitest";
import { makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant } from "@/lib/testing/grants";
import { json, refused } from "../try-admin";

test("grants are listed with what is used of them, and revoked in a person's name", async () => {
  const workspace = await makeWorkspace();
  const of = ["--workspace", workspace.workspaceId];
  expect(await json("grant", "list", ...of)).toEqual({ grants: [] });
  await makeAction(workspace, { name: "pay" });
  const grantId = await giveGrant(workspace, { action: "pay" });
  await proposeOk(workspace, { action: "pay", payload: GRANTED_PAYLOAD });
  expect(await json("grant", "list", ...of)).toMatchObject({
    grants: [
      {
        grant_id: grantId,
        action: "pay",
        state: "live",
        uses: 1,
        used: "120",
        total: "2000",
        max_uses: 10,
        given_by: workspace.ownerEmail,
      },
    ],
  });
  const revoke = ["grant", "revoke", grantId, "--by", "ann@example.com"];
  expect(await json(...revoke)).toMatchObject({ revoked: true });
  expect(await refused(...revoke)).toContain("has already ended");
  expect(await json("grant", "list", ...of)).toMatchObject({
    grants: [{ state: "ended", ended_by: "ann@example.com", ended_reason: "revoked" }],
  });
  expect(await refused("grant", "revoke", "01980000-0000-7000-8000-000000000000", "--by", "ann@example.com")).toContain("No such grant");
  expect((await proposeOk(workspace, { action: "pay", payload: GRANTED_PAYLOAD })).governance_status).toBe("pending_approval");
});
