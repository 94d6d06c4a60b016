import { beforeAll, describe, expect, test } from "vitest";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { getDb } from "@/lib/db/client";
import { NotPermitted } from "@/lib/security/not-permitted";
import { claimOk, endLease, makeAction, makePerson, makeRun, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { exportRuns } from "./export-runs";
import { listRuns } from "./list-runs";
import { parseRunSearch } from "./schema";
import { refreshRuns } from "./search-runs";

const ALL = parseRunSearch({});

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay_invoice", policy: { type: "always_allow" } });
  for (const amount of [10, 20, "=1+1"])
    await proposeOk(workspace, {
      action: "pay_invoice",
      actor: "=cmd",
      reasoning: "Asked to.",
      payload: { amount, note: 'a "b", c' },
    });
});

async function textOf(search: typeof ALL, format: "csv" | "json", ids: string[] = []): Promise<string> {
  let text = "";
  for await (const piece of await exportRuns(workspace.ctx, search, { format, ids })) text += piece;
  return text;
}

describe("an export of runs", () => {
  test("holds as JSON what the list holds, with the payloads", async () => {
    const { runs } = await listRuns(workspace.ctx, {}, { sort: "created", direction: "desc", limit: 100 });
    const exported = JSON.parse(await textOf(ALL, "json")) as { action_run_id: string; payload: { amount: unknown }; in_doubt: boolean }[];
    expect(exported.map((run) => run.action_run_id)).toEqual(runs.map(({ id }) => id));
    expect(exported.map(({ payload }) => payload.amount)).toEqual(["=1+1", 20, 10]);
    expect(JSON.parse(await textOf(parseRunSearch({ actor: "nobody" }), "json"))).toEqual([]);
  });

  test("has a head and one line a run as CSV, without a formula in it", async () => {
    const lines = (await textOf(ALL, "csv")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(4);
    // Spreadsheets know by it that the text is UTF-8.
    expect(lines[0]).toMatch(
      /^\ufeffaction_run_id,workspace_id,action,.*,sentence,reasoning,decision_comment,attempt,previous_run_id,payload_changed,payload,approved_payload$/,
    );
    expect(lines[2]).toContain(",20.00,");
    expect(lines[1]).toContain(",run pay_invoice,Asked to.,,");
    expect(lines[1]).toContain(",'=cmd,");
    expect(lines[1]).toContain('"{""amount"":""=1+1"",""note"":""a \\""b\\"", c""}"');
  });

  test("holds the filtered or the selected runs only, in the order of the list", async () => {
    const filtered = JSON.parse(await textOf(parseRunSearch({ min: "10", sort: "amount" }), "json")) as {
      amount: string;
      action_run_id: string;
    }[];
    expect(filtered.map(({ amount }) => amount)).toEqual(["10", "20"]);
    const id = filtered[1]?.action_run_id ?? "";
    expect(JSON.parse(await textOf(ALL, "json", [id]))).toMatchObject([{ action_run_id: id }]);
  });

  test("is recorded, with what was asked for and by whom", async () => {
    const viewer = await makePerson(workspace, "viewer");
    await exportRuns(viewer.ctx, parseRunSearch({ q: "note" }), { format: "csv", ids: [] });
    const event = await getDb().auditEvent.findFirstOrThrow({
      where: { verb: "workspace.runs_exported", actorId: viewer.ctx.actor.userId },
    });
    expect(event.data).toEqual({ format: "csv", search: "q=note", selected: 0 });
  });

  test("is not for strangers, and nothing is recorded then", async () => {
    const stranger = await makePerson(workspace, null);
    await expect(exportRuns(stranger.ctx, ALL, { format: "csv", ids: [] })).rejects.toThrow(NotPermitted);
    await expect(refreshRuns(stranger.ctx, ALL, [])).rejects.toThrow(NotPermitted);
    expect(await getDb().auditEvent.count({ where: { actorId: stranger.ctx.actor.userId } })).toBe(0);
  });
});

describe("settling a run in doubt", () => {
  test.each(["owner", "admin", "developer"] as const)("is for an %s", async (role) => {
    const runId = await inDoubtRun();
    const { ctx, email } = await makePerson(workspace, role);
    expect(await settleRun(ctx, { runId, settlement: "executed", settledBy: email })).toEqual({ ok: true });
    expect((await refreshRuns(ctx, ALL, [runId])).rows).toMatchObject([{ id: runId, execution: "executed" }]);
  });

  test.each(["approver", "viewer", null] as const)("is not for %s", async (role) => {
    const runId = await inDoubtRun();
    const { ctx, email } = await makePerson(workspace, role);
    await expect(settleRun(ctx, { runId, settlement: "released", settledBy: email })).rejects.toThrow(NotPermitted);
    const { executionStatus } = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
    expect(executionStatus).toBe("awaiting_execution_report");
  });
});

async function inDoubtRun(): Promise<string> {
  const runId = await makeRun(workspace, "always_allow");
  await claimOk(workspace, runId);
  await endLease(runId);
  return runId;
}
