import { describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";

describe("interceptAction", () => {
  test("an allowed run is executable and has its receipt", async () => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
    const answer = await proposeOk(workspace, { action: "export_report", payload: { month: "2026-10" } });
    expect(answer).toMatchObject({ governance_status: "allowed", execution_status: "awaiting_execution_report", executable: true });
    const receipt = await getDb().receipt.findUniqueOrThrow({ where: { id: answer.receipt?.id ?? "" } });
    expect(JSON.parse(receipt.body)).toMatchObject({ governance_status: "allowed", run_id: answer.action_run_id, decided_at: answer.receipt?.created_at });
  });
});
